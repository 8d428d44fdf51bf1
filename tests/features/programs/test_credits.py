"""A coach looks at an enrollment's credits, and changes them by hand."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.core.clock import now
from app.core.ids import new_id
from app.repositories.credits import CreditLedger
from tests.features.programs.enrolling import enrolled, events, ledgers_agree
from tests.features.programs.offers import appointment_type, program, program_with_sessions
from tests.make import Make, Person


async def running(make: Make, sessions: int = 4) -> tuple[Person, dict[str, Any]]:
    """A coach, and an active enrollment with so many sessions."""
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program_with_sessions(coach, sessions, enrollment_mode="quick_start")
    return coach, await enrolled(coach, made, client.contact_id)


def type_of(enrollment: dict[str, Any]) -> str:
    return str(enrollment["credits"][0]["appointment_type_id"])


async def adjust(coach: Person, enrollment: dict[str, Any], **body: Any) -> httpx.Response:
    body = {"appointment_type_id": type_of(enrollment), **body}
    return await coach.http.post(f"/v1/enrollments/{enrollment['id']}/credits", json=body)


async def test_a_coach_adds_and_takes(make: Make):
    coach, enrollment = await running(make, 4)

    added = await adjust(coach, enrollment, amount=2, reason="Missed one myself")
    taken = await adjust(coach, enrollment, amount=-5)

    assert added.status_code == 200, added.text
    assert added.json()["data"][0]["left"] == 6
    [left] = taken.json()["data"]
    assert (left["granted"], left["left"]) == (1, 1)
    assert [one["amount"] for one in await events(make, coach, "enrollment.credits_adjusted")] == [
        2,
        -5,
    ]
    await ledgers_agree(make, coach.workspace_id)


async def test_nobody_can_take_more_than_there_is(make: Make):
    coach, enrollment = await running(make, 4)

    answer = await adjust(coach, enrollment, amount=-5)

    assert (answer.status_code, answer.json()["code"]) == (409, "no_credits")
    url = f"/v1/enrollments/{enrollment['id']}/credits"
    assert (await coach.http.get(url)).json()["data"] == enrollment["credits"]


async def test_a_type_the_program_doesnt_grant_can_be_given_too(make: Make):
    coach, enrollment = await running(make)
    other = await appointment_type(coach)

    answer = await adjust(coach, enrollment, appointment_type_id=other, amount=90, unit="minutes")

    granted = answer.json()["data"][1]
    assert (granted["appointment_type_id"], granted["unit"], granted["left"]) == (
        other,
        "minutes",
        90,
    )


async def test_units_are_not_mixed(make: Make):
    coach, enrollment = await running(make)

    answer = await adjust(coach, enrollment, amount=60, unit="minutes")

    assert (answer.status_code, answer.json()["code"]) == (409, "credit_unit_differs")


async def test_what_is_over_needs_a_new_expiry(make: Make):
    coach, enrollment = await running(make)
    past, future = now() - timedelta(days=1), now() + timedelta(days=7)
    await adjust(coach, enrollment, amount=1, expires_at=past.isoformat())

    refused = await adjust(coach, enrollment, amount=1)
    prolonged = await adjust(coach, enrollment, amount=1, expires_at=future.isoformat())
    for_ever = await adjust(coach, enrollment, amount=1, expires_at=None)

    assert (refused.status_code, refused.json()["code"]) == (409, "credits_expired")
    assert prolonged.json()["data"][0]["expires_at"].startswith(future.date().isoformat())
    assert for_ever.json()["data"][0]["expires_at"] is None


async def test_another_practice_s_type_is_unknown(make: Make):
    coach, enrollment = await running(make)
    theirs = await appointment_type(await make.coach())

    for type_id in (theirs, str(uuid4())):
        answer = await adjust(coach, enrollment, appointment_type_id=type_id, amount=1)
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_appointment_type")
        assert answer.json()["errors"][0]["pointer"] == "/appointment_type_id"


async def test_an_enrollment_that_hasnt_begun_has_no_credits_to_change(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), contact.id)

    answer = await coach.http.post(
        f"/v1/enrollments/{enrollment['id']}/credits",
        json={"appointment_type_id": await appointment_type(coach), "amount": 1},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_enrollment_status")


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": 1.5},
        {"amount": "1"},
        {"amount": 100_001},
        {"amount": -(10**12)},
        {"amount": 1, "unit": "hours"},
        {"amount": 1, "expires_at": "2026-01-01T00:00:00"},
        {"amount": 1, "reason": ""},
        {"amount": 1, "kind": "grant"},
        {},
    ],
)
async def test_what_makes_no_sense_is_refused(make: Make, wrong: dict[str, Any]):
    coach, enrollment = await running(make)

    answer = await adjust(coach, enrollment, **wrong)

    assert answer.status_code == 422, answer.text


async def test_the_ledger_tells_everything_newest_first(make: Make):
    coach, enrollment = await running(make, 4)
    seat_id = new_id()
    place = {
        "enrollment_id": UUID(enrollment["id"]),
        "appointment_type_id": UUID(type_of(enrollment)),
    }
    async with make.runtime.database.writing(coach.workspace_id) as session:
        ledger = CreditLedger(session, coach.workspace_id)
        await ledger.reserve(**place, seat_id=seat_id, amount=1)
        await ledger.consume(seat_id)
    await adjust(coach, enrollment, amount=-1, reason="Sold back")
    url = f"/v1/enrollments/{enrollment['id']}/credits/entries"

    first = (await coach.http.get(f"{url}?limit=2")).json()
    second = (await coach.http.get(f"{url}?limit=2&cursor={first['next_cursor']}")).json()
    lines = first["data"] + second["data"]

    assert [(line["kind"], line["amount"], line["change"]) for line in lines] == [
        ("adjust", -1, -1),
        ("consume", 1, 0),
        ("reserve", 1, -1),
        ("grant", 4, 4),
    ]
    assert lines[0]["reason"] == "Sold back"
    assert lines[0]["made_by"] == str(coach.user_id)
    assert lines[1]["seat_id"] == str(seat_id)
    assert not second["has_more"]
    only = (await coach.http.get(f"{url}?kind=reserve")).json()
    assert [line["kind"] for line in only["data"]] == ["reserve"]
    shown = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    assert shown["progress"]["sessions"] == {"granted": 3, "used": 1, "reserved": 0, "left": 2}
