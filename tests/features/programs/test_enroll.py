"""A coach brings contacts into a program."""

from datetime import datetime, timedelta
from uuid import uuid4

from app.core.clock import now
from app.models import Suppression
from tests.features.programs.enrolling import enroll, enrolled, events, key, ledgers_agree
from tests.features.programs.offers import appointment_type, program, program_with_sessions
from tests.make import Make


async def test_sign_up_asks_the_client_first(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program_with_sessions(coach, 8)

    answer = await enroll(coach, made, client.contact_id, message="Come along!")

    assert answer.status_code == 201, answer.text
    assert answer.json()["enrolled"] == 1
    [item] = answer.json()["data"]
    assert (item["contact_id"], item["result"]) == (str(client.contact_id), "invited")
    enrollment = item["enrollment"]
    assert enrollment["status"] == "invited"
    assert enrollment["program"]["name"] == made["name"]
    assert enrollment["contact"]["email"] == client.email
    assert enrollment["outstanding_steps"] == []
    assert enrollment["credits"] == []
    assert set(enrollment["progress"].values()) == {None}
    [event] = await events(make, coach, "enrollment.invited")
    assert event["message"] == "Come along!"
    assert event["invite_id"] is None


async def test_quick_start_enrols_at_once_and_grants_the_credits(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    voice, body = await appointment_type(coach), await appointment_type(coach)
    made = await program(
        coach,
        enrollment_mode="quick_start",
        appointment_types=[
            {"appointment_type_id": voice, "sessions": 8, "expires_after_days": 30},
            {"appointment_type_id": body, "minutes": 480},
        ],
    )

    enrollment = await enrolled(coach, made, client.contact_id)

    assert enrollment["status"] == "active"
    assert enrollment["activated_at"]
    assert enrollment["progress"] == {
        "sessions": {"granted": 8, "used": 0, "reserved": 0, "left": 8},
        "minutes": {"granted": 480, "used": 0, "reserved": 0, "left": 480},
        "goals": None,
        "assignments": None,
    }
    first, second = enrollment["credits"]
    assert (first["appointment_type_id"], first["unit"], first["left"]) == (voice, "sessions", 8)
    runs_out = datetime.fromisoformat(first["expires_at"])
    assert abs(runs_out - now() - timedelta(days=30)) < timedelta(minutes=1)
    assert (second["unit"], second["expires_at"]) == ("minutes", None)
    await ledgers_agree(make, coach.workspace_id)


async def test_several_contacts_are_answered_one_by_one(make: Make):
    coach = await make.coach()
    made = await program(coach)
    client = await make.client(workspace_id=coach.workspace_id)
    new = await make.contact(workspace_id=coach.workspace_id)
    silent = await make.contact(workspace_id=coach.workspace_id, email=None)
    gone = await make.contact(workspace_id=coach.workspace_id, archived_at=now())
    disabled = await make.contact(workspace_id=coach.workspace_id, portal_status="disabled")
    tired = await make.contact(workspace_id=coach.workspace_id)
    await enrolled(coach, made, client.contact_id)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        session.add(
            Suppression(
                workspace_id=coach.workspace_id, email_norm=tired.email_norm, reason="unsubscribed"
            )
        )
    stranger = uuid4()
    ids = [client.contact_id, new.id, silent.id, gone.id, disabled.id, tired.id, stranger, new.id]

    answer = await enroll(coach, made, *ids)

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert {item["contact_id"]: item["result"] for item in body["data"]} == {
        str(client.contact_id): "already_enrolled",
        str(new.id): "invited",
        str(silent.id): "no_email",
        str(gone.id): "archived",
        str(disabled.id): "access_disabled",
        str(tired.id): "unsubscribed",
        str(stranger): "not_found",
    }
    assert body["enrolled"] == 1
    assert body["skipped"]["no_email"] == 1
    assert len(await events(make, coach, "enrollment.invited")) == 2


async def test_quick_start_needs_no_address(make: Make):
    coach = await make.coach()
    made = await program(coach, enrollment_mode="quick_start")
    silent = await make.contact(workspace_id=coach.workspace_id, email=None)

    enrollment = await enrolled(coach, made, silent.id)

    assert enrollment["status"] == "active"
    assert enrollment["outstanding_steps"] == ["account"]


async def test_one_contact_who_cant_be_enrolled_is_refused_by_name(make: Make):
    coach, other = await make.coach(), await make.coach()
    made = await program(coach)
    client = await make.client(workspace_id=coach.workspace_id)
    silent = await make.contact(workspace_id=coach.workspace_id, email=None)
    theirs = await make.contact(workspace_id=other.workspace_id)
    await enrolled(coach, made, client.contact_id)

    again = await enroll(coach, made, client.contact_id)
    mute = await enroll(coach, made, silent.id)
    strange = await enroll(coach, made, theirs.id)

    assert (again.status_code, again.json()["code"]) == (409, "already_enrolled")
    assert (mute.status_code, mute.json()["code"]) == (409, "contact_has_no_email")
    assert (strange.status_code, strange.json()["code"]) == (404, "not_found")


async def test_only_a_published_program_takes_somebody(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    draft = await program(coach, status="draft")

    answer = await enroll(coach, draft, client.contact_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "program_not_published")


async def test_the_same_key_enrols_once(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach)
    url, headers = f"/v1/programs/{made['id']}/enrollments", key()
    body = {"contact_ids": [str(client.contact_id)]}

    first = await coach.http.post(url, json=body, headers=headers)
    again = await coach.http.post(url, json=body, headers=headers)
    keyless = await coach.http.post(url, json=body)

    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert keyless.json()["code"] == "idempotency_key_required"
    assert len(await events(make, coach, "enrollment.invited")) == 1


async def test_a_program_can_be_taken_again_once_it_is_over(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")
    first = await enrolled(coach, made, client.contact_id)
    await coach.http.post(f"/v1/enrollments/{first['id']}/complete")

    second = await enrolled(coach, made, client.contact_id)

    assert second["id"] != first["id"]


async def test_a_program_somebody_was_in_stays(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")
    enrollment = await enrolled(coach, made, client.contact_id)
    await coach.http.post(f"/v1/enrollments/{enrollment['id']}/cancel")

    answer = await coach.http.delete(f"/v1/programs/{made['id']}")

    assert (answer.status_code, answer.json()["code"]) == (409, "program_in_use")
