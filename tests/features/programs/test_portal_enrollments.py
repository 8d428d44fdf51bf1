"""A client looks at the programs they are in, and answers those they are invited to."""

from uuid import UUID

from sqlalchemy import update

from app.models import Contact
from tests.features.programs.enrolling import enrolled, events, ledgers_agree
from tests.features.programs.offers import program, program_with_sessions
from tests.make import Make

MINE = "/v1/portal/enrollments"


async def test_accepting_begins_the_enrollment_and_grants_its_credits(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program_with_sessions(coach, 8, description="**Go**")
    enrollment = await enrolled(coach, made, client.contact_id)

    answer = await client.http.post(f"{MINE}/{enrollment['id']}/accept")

    assert answer.status_code == 200, answer.text
    mine = answer.json()
    assert mine["status"] == "active"
    assert mine["accepted_at"]
    assert mine["activated_at"]
    assert mine["progress"]["sessions"]["left"] == 8
    assert mine["program"]["description_html"] == "<p><strong>Go</strong></p>"
    assert mine == (await client.http.get(f"{MINE}/{enrollment['id']}")).json()
    assert len(await events(make, coach, "enrollment.signed_up")) == 1
    assert len(await events(make, coach, "enrollment.activated")) == 1
    await ledgers_agree(make, coach.workspace_id)


async def test_yes_is_said_once(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    await client.http.post(f"{MINE}/{enrollment['id']}/accept")

    for verb in ("accept", "decline"):
        answer = await client.http.post(f"{MINE}/{enrollment['id']}/{verb}")
        assert (answer.status_code, answer.json()["code"]) == (409, "already_accepted")


async def test_no_is_kept_with_its_reason(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    url = f"{MINE}/{enrollment['id']}"

    declined = await client.http.post(f"{url}/decline", json={"reason": "Too far away"})
    changed_mind = await client.http.post(f"{url}/accept")

    assert declined.json()["status"] == "declined"
    assert changed_mind.json()["code"] == "wrong_enrollment_status"
    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    assert (kept["status"], kept["end_reason"]) == ("declined", "Too far away")
    assert (await events(make, coach, "enrollment.declined"))[0]["reason"] == "Too far away"


async def test_only_one_s_own_newest_first(make: Make):
    coach = await make.coach()
    ada = await make.client(workspace_id=coach.workspace_id)
    bob = await make.client(workspace_id=coach.workspace_id)
    made = [await program(coach, name=f"Program {n}") for n in range(3)]
    own = [(await enrolled(coach, one, ada.contact_id))["id"] for one in made]
    theirs = await enrolled(coach, made[0], bob.contact_id)

    first = (await ada.http.get(f"{MINE}?limit=2")).json()
    second = (await ada.http.get(f"{MINE}?limit=2&cursor={first['next_cursor']}")).json()

    assert [one["id"] for one in first["data"] + second["data"]] == own[::-1]
    assert (await ada.http.get(f"{MINE}/{theirs['id']}")).status_code == 404
    assert (await ada.http.post(f"{MINE}/{theirs['id']}/accept")).status_code == 404


async def test_booking_the_first_session_is_a_step_where_clients_book_themselves(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program_with_sessions(coach, 1, self_scheduling_enabled=True)
    enrollment = await enrolled(coach, made, client.contact_id)

    accepted = await client.http.post(f"{MINE}/{enrollment['id']}/accept")

    assert accepted.json()["status"] == "active"
    assert accepted.json()["outstanding_steps"] == ["schedule"]


async def test_losing_access_brings_the_account_step_back(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    await disable(make, coach.workspace_id, client.contact_id)

    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()

    assert kept["outstanding_steps"] == ["account"]


async def disable(make: Make, workspace_id: UUID, contact_id: UUID | None) -> None:
    async with make.runtime.database.writing(workspace_id) as session:
        await session.execute(
            update(Contact).where(Contact.id == contact_id).values(portal_status="disabled")
        )
