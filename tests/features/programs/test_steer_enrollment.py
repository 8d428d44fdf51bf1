"""A coach begins, pauses and ends enrollments."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.models import CreditAccount, Enrollment
from tests.features.programs.enrolling import enrolled, events, ledgers_agree
from tests.features.programs.offers import appointment_type, program, program_with_sessions
from tests.make import Make, Person


async def test_the_coach_may_begin_without_waiting_for_the_client(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program_with_sessions(coach, 4), contact.id)

    answer = await coach.http.post(f"/v1/enrollments/{enrollment['id']}/activate")

    assert answer.json()["status"] == "active"
    assert answer.json()["outstanding_steps"] == ["account"]
    assert answer.json()["progress"]["sessions"]["left"] == 4
    assert len(await events(make, coach, "enrollment.activated")) == 1
    await ledgers_agree(make, coach.workspace_id)


async def test_time_that_stood_still_is_given_back_to_the_credits(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(
        coach,
        enrollment_mode="quick_start",
        appointment_types=[
            {
                "appointment_type_id": await appointment_type(coach),
                "sessions": 3,
                "expires_after_days": 30,
            }
        ],
    )
    enrollment = await enrolled(coach, made, client.contact_id)
    before = await expiry(make, coach)
    await coach.http.post(f"/v1/enrollments/{enrollment['id']}/pause")
    await paused_since(make, coach, enrollment["id"], timedelta(days=10))

    answer = await coach.http.post(f"/v1/enrollments/{enrollment['id']}/resume")

    assert answer.json()["status"] == "active"
    assert answer.json()["paused_at"] is None
    longer = await expiry(make, coach) - before
    assert timedelta(days=10) <= longer < timedelta(days=10, minutes=1)


async def expiry(make: Make, coach: Person) -> datetime:
    async with make.runtime.database.reading(coach.workspace_id) as session:
        expires_at: datetime | None = await session.scalar(select(CreditAccount.expires_at))
    assert expires_at
    return expires_at


async def paused_since(make: Make, coach: Person, enrollment_id: str, span: timedelta) -> None:
    async with make.runtime.database.writing(coach.workspace_id) as session:
        await session.execute(
            update(Enrollment)
            .where(Enrollment.id == UUID(enrollment_id))
            .values(paused_at=Enrollment.paused_at - span)
        )


@pytest.mark.parametrize(
    ("verbs", "status"),
    [
        ("activate", "active"),
        ("activate pause", "paused"),
        ("activate pause resume", "active"),
        ("activate complete", "completed"),
        ("activate pause complete", "completed"),
        ("cancel", "cancelled"),
        ("activate cancel", "cancelled"),
        ("activate pause cancel", "cancelled"),
    ],
)
async def test_what_may_follow_what(make: Make, verbs: str, status: str):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)

    for verb in verbs.split():
        answer = await coach.http.post(f"/v1/enrollments/{enrollment['id']}/{verb}")
        assert answer.status_code == 200, answer.text

    assert answer.json()["status"] == status
    assert (answer.json()["ended_at"] is not None) == (status in {"completed", "cancelled"})


@pytest.mark.parametrize(
    ("verbs", "last"),
    [
        ("", "pause"),
        ("", "resume"),
        ("", "complete"),
        ("activate", "activate"),
        ("activate", "resume"),
        ("activate pause", "pause"),
        ("cancel", "activate"),
        ("cancel", "cancel"),
        ("activate complete", "cancel"),
        ("activate complete", "resume"),
    ],
)
async def test_what_may_not(make: Make, verbs: str, last: str):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    for verb in verbs.split():
        await coach.http.post(f"/v1/enrollments/{enrollment['id']}/{verb}")
    before = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()

    answer = await coach.http.post(f"/v1/enrollments/{enrollment['id']}/{last}")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_enrollment_status")
    assert answer.json()["enrollment_status"] == before["status"]
    assert (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json() == before


async def test_a_cancellation_keeps_its_reason(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)

    answer = await coach.http.post(
        f"/v1/enrollments/{enrollment['id']}/cancel", json={"reason": "Moved away"}
    )

    assert answer.json()["end_reason"] == "Moved away"
    assert (await events(make, coach, "enrollment.cancelled"))[0]["reason"] == "Moved away"
