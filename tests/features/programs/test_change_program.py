"""A coach changes a program."""

from sqlalchemy import select

from app.models import Event
from tests.features.programs.offers import appointment_type, program, program_with_sessions
from tests.make import Make, Person


async def last_change(make: Make, coach: Person) -> list[str]:
    async with make.runtime.database.reading(coach.workspace_id) as session:
        data = await session.scalar(
            select(Event.data)
            .where(Event.type == "program.updated")
            .order_by(Event.id.desc())
            .limit(1)
        )
    return list(data["changed"]) if data else []


async def test_what_is_left_out_stays(make: Make):
    coach = await make.coach()
    made = await program_with_sessions(coach, 8, description="# One", duration_weeks=12)

    answer = await coach.http.patch(
        f"/v1/programs/{made['id']}",
        json={"price": {"amount_minor": 500, "currency": "EUR"}, "duration_weeks": None},
    )

    assert answer.status_code == 200, answer.text
    changed = answer.json()
    assert changed["price"] == {"amount_minor": 500, "currency": "EUR"}
    assert changed["duration_weeks"] is None
    assert changed["appointment_types"] == made["appointment_types"]
    assert changed["description_html"] == "<h1>One</h1>"
    assert changed["version"] == 2
    assert sorted(await last_change(make, coach)) == ["duration_weeks", "price"]


async def test_the_rendering_follows_the_description(make: Make):
    coach = await make.coach()
    made = await program(coach, description="*old*")

    answer = await coach.http.patch(f"/v1/programs/{made['id']}", json={"description": "*new*"})

    assert answer.json()["description_html"] == "<p><em>new</em></p>"


async def test_grants_are_replaced_as_a_whole_and_make_a_new_version(make: Make):
    coach = await make.coach()
    made = await program_with_sessions(coach, 8)
    other = await appointment_type(coach)

    answer = await coach.http.patch(
        f"/v1/programs/{made['id']}",
        json={"appointment_types": [{"appointment_type_id": other, "minutes": 90}]},
    )

    [grant] = answer.json()["appointment_types"]
    assert (grant["appointment_type_id"], grant["minutes"]) == (other, 90)
    assert answer.json()["version"] == 2
    assert await last_change(make, coach) == ["appointment_types"]


async def test_the_same_values_change_nothing(make: Make):
    coach = await make.coach()
    made = await program_with_sessions(coach, 8)
    [grant] = made["appointment_types"]
    same = {
        "name": made["name"],
        "price": made["price"],
        "appointment_types": [
            {"appointment_type_id": grant["appointment_type_id"], "sessions": grant["sessions"]}
        ],
    }

    answer = await coach.http.patch(f"/v1/programs/{made['id']}", json=same)

    assert answer.json() == made
    assert await last_change(make, coach) == []


async def test_an_older_version_is_refused(make: Make):
    coach = await make.coach()
    made = await program(coach)
    url, old = f"/v1/programs/{made['id']}", {"If-Match": '"v1"'}
    await coach.http.patch(url, json={"name": "New"}, headers=old)

    answer = await coach.http.patch(url, json={"name": "Newer"}, headers=old)

    assert answer.status_code == 412
    assert (await coach.http.get(url)).json()["name"] == "New"


async def test_a_slug_can_move_but_not_onto_another(make: Make):
    coach = await make.coach()
    await program(coach, slug="voice")
    made = await program(coach, slug="body")
    url = f"/v1/programs/{made['id']}"

    assert (await coach.http.patch(url, json={"slug": "mind"})).json()["slug"] == "mind"
    taken = await coach.http.patch(url, json={"slug": "voice"})

    assert taken.status_code == 409
    assert taken.json()["code"] == "program_slug_taken"
