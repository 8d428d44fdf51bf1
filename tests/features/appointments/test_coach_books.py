"""A coach books for a client."""

from typing import Any

import pytest

from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.features.availability.working import add_type
from tests.make import Make, Person

TUESDAY_NINE = "2027-03-02T08:00:00Z"
AT_NIGHT = "2027-03-02T22:17:00Z"


async def book_for(
    coach: Person, offered: dict[str, Any], contact_id: object, starts_at: str, **more: Any
) -> Any:
    body = {
        "appointment_type_id": offered["id"],
        "contact_id": str(contact_id),
        "starts_at": starts_at,
        **more,
    }
    return await coach.http.post("/v1/appointments", json=body)


async def test_any_contact_can_be_booked_in(make: Make):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    contact = await make.contact(workspace_id=coach.workspace_id)

    answer = await book_for(coach, offered, contact.id, TUESDAY_NINE, note="By phone")

    booked = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == f"/v1/appointments/{booked['id']}"
    assert booked["status"] == "confirmed"  # the coach needn't ask
    assert booked["contact_id"] == str(contact.id)
    assert booked["attendees"][0]["booked_by"] == "member"
    assert booked["attendees"][0]["note"] == "By phone"
    assert booked["series"] is None


async def test_a_program_pays_when_it_is_named(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered, sessions=1)
    contact_id, enrollment = ana.person.contact_id, str(ana.enrollment_id)

    outside = await book_for(coach, offered, contact_id, TUESDAY_NINE)
    inside = await book_for(
        coach, offered, contact_id, "2027-03-02T09:00:00Z", enrollment_id=enrollment
    )
    spent = await book_for(
        coach, offered, contact_id, "2027-03-02T10:00:00Z", enrollment_id=enrollment
    )

    assert (outside.status_code, inside.status_code) == (201, 201)
    assert (spent.status_code, spent.json()["code"]) == (409, "no_credits")
    assert await purse(make.runtime, ana) == {"left": 0, "reserved": 1, "used": 0}


async def test_without_override_the_coach_keeps_to_the_offer(make: Make):
    coach = await make.coach()
    offered = await offer(coach, min_notice_minutes=60)
    contact = await make.contact(workspace_id=coach.workspace_id)

    night = await book_for(coach, offered, contact.id, AT_NIGHT)
    past = await book_for(coach, offered, contact.id, "2027-03-01T08:00:00Z")

    assert (night.status_code, night.json()["code"]) == (422, "outside_availability")
    assert (past.status_code, past.json()["code"]) == (422, "notice_too_short")
    assert night.json()["alternatives"]


@pytest.mark.parametrize("starts_at", [AT_NIGHT, "2027-02-01T08:00:00Z", "2028-03-01T08:00:00Z"])
async def test_override_ignores_hours_notice_horizon_and_caps(make: Make, starts_at: str):
    coach = await make.coach()
    offered = await offer(
        coach, min_notice_minutes=60, max_advance_days=30, max_per_day=1, client_max_per_week=1
    )
    contact = await make.contact(workspace_id=coach.workspace_id)
    await book_for(coach, offered, contact.id, TUESDAY_NINE)

    answer = await book_for(coach, offered, contact.id, starts_at, override=True)

    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    "starts_at", [TUESDAY_NINE, "2027-03-02T07:30:00Z", "2027-03-02T09:10:00Z"]
)
async def test_override_never_books_twice(make: Make, starts_at: str):
    coach = await make.coach()
    offered = await offer(coach, buffer_after_minutes=15)
    contact = await make.contact(workspace_id=coach.workspace_id)
    await book_for(coach, offered, contact.id, TUESDAY_NINE)
    other = await add_type(coach, name="Other", duration_minutes=45)

    answer = await book_for(coach, other, contact.id, starts_at, override=True)

    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert len((await coach.http.get("/v1/appointments")).json()["data"]) == 1


async def test_override_needs_no_working_hours(make: Make):
    coach = await make.coach()
    offered = await add_type(coach)
    contact = await make.contact(workspace_id=coach.workspace_id)

    refused = await book_for(coach, offered, contact.id, AT_NIGHT)
    booked = await book_for(coach, offered, contact.id, AT_NIGHT, override=True)

    assert refused.json()["code"] == "no_working_hours"
    assert booked.status_code == 201
    assert booked.json()["time_zone"] == "Europe/Berlin"  # the practice's


async def test_override_fills_a_session_but_no_further(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=2)
    contacts = [await make.contact(workspace_id=coach.workspace_id) for _ in range(3)]

    answers = [
        await book_for(coach, offered, contact.id, AT_NIGHT, override=True) for contact in contacts
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[2].json()["code"] == "session_full"


async def test_a_series_for_a_client(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    contact = await make.contact(workspace_id=coach.workspace_id)

    answer = await book_for(coach, offered, contact.id, TUESDAY_NINE, series={"count": 3})

    assert len(answer.json()["series"]) == 3


async def test_who_is_booked_must_be_a_contact_of_the_practice(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    offered = await offer(coach)
    theirs = await make.contact(workspace_id=stranger.workspace_id)

    answer = await book_for(coach, offered, theirs.id, TUESDAY_NINE)

    assert (answer.status_code, answer.json()["code"]) == (422, "no_such_contact")
    assert answer.json()["errors"][0]["pointer"] == "/contact_id"
