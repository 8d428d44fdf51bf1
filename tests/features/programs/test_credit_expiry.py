"""Credits that nobody used in time are taken back."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from app.core.clock import now
from app.core.ids import new_id
from app.dispatcher.practice_sweeps import credit_expiry
from app.dispatcher.schedule import plant
from app.repositories.bookables import EnrollmentNotActive, bookable
from app.repositories.credits import CreditLedger, NoCredits
from tests.features.programs.enrolling import enrolled, ledgers_agree
from tests.features.programs.offers import appointment_type, program
from tests.make import Make, Person
from tests.post_office import PostOffice

DAYS = 30


class Case:
    """An enrollment with three sessions that expire after 30 days, one of them reserved."""

    def __init__(self, make: Make, coach: Person, enrollment_id: str, type_id: str) -> None:
        self.make, self.coach, self.enrollment_id = make, coach, enrollment_id
        self.place = {
            "enrollment_id": UUID(enrollment_id),
            "appointment_type_id": UUID(type_id),
        }
        self.seat_id = new_id()

    @classmethod
    async def new(cls, make: Make) -> "Case":
        coach = await make.coach()
        client = await make.client(workspace_id=coach.workspace_id)
        type_id = await appointment_type(coach)
        grant = {"appointment_type_id": type_id, "sessions": 3, "expires_after_days": DAYS}
        made = await program(coach, enrollment_mode="quick_start", appointment_types=[grant])
        enrollment = await enrolled(coach, made, client.contact_id)
        case = cls(make, coach, enrollment["id"], type_id)
        await case.reserve(case.seat_id)
        return case

    async def reserve(self, seat_id: UUID) -> None:
        async with self.make.runtime.database.writing(self.coach.workspace_id) as session:
            ledger = CreditLedger(session, self.coach.workspace_id)
            await ledger.reserve(**self.place, seat_id=seat_id, amount=1)

    async def release(self) -> None:
        async with self.make.runtime.database.writing(self.coach.workspace_id) as session:
            await CreditLedger(session, self.coach.workspace_id).release(self.seat_id)

    async def left(self) -> int:
        await ledgers_agree(self.make, self.coach.workspace_id)
        async with self.make.runtime.database.reading(self.coach.workspace_id) as session:
            ledger = CreditLedger(session, self.coach.workspace_id)
            return await ledger.balance(**self.place)


async def sweep(make: Make, post_office: PostOffice, *, days: int) -> None:
    """Let some days pass, and the sweep of that day run."""
    database = make.runtime.database
    with time_machine.travel(now() + timedelta(days=days), tick=False) as traveller:
        async with database.writing() as session:
            await plant(session, [credit_expiry(database)])
        traveller.shift(timedelta(minutes=15))
        await post_office.deliver()


async def test_the_rest_goes_and_what_is_reserved_stays(make: Make, post_office: PostOffice):
    case = await Case.new(make)

    await sweep(make, post_office, days=DAYS - 1)
    before = await case.left()
    await sweep(make, post_office, days=DAYS + 1)

    assert (before, await case.left()) == (2, 0)
    shown = (await case.coach.http.get(f"/v1/enrollments/{case.enrollment_id}")).json()
    [credit] = shown["credits"]
    assert (credit["reserved"], credit["left"], credit["granted"]) == (1, 0, 3)


async def test_what_comes_back_too_late_goes_with_the_next_sweep(
    make: Make, post_office: PostOffice
):
    case = await Case.new(make)
    await sweep(make, post_office, days=DAYS + 1)
    await case.release()
    assert await case.left() == 1

    await sweep(make, post_office, days=DAYS + 2)

    assert await case.left() == 0


async def test_nothing_expired_can_be_reserved_even_before_the_sweep(make: Make):
    case = await Case.new(make)

    with (
        time_machine.travel(now() + timedelta(days=DAYS, seconds=1), tick=False),
        pytest.raises(NoCredits),
    ):
        await case.reserve(new_id())


async def test_a_pause_keeps_credits_from_expiring(make: Make, post_office: PostOffice):
    case = await Case.new(make)
    await case.coach.http.post(f"/v1/enrollments/{case.enrollment_id}/pause")

    await sweep(make, post_office, days=DAYS + 1)

    assert await case.left() == 2


async def test_while_paused_nothing_can_be_booked(make: Make):
    case = await Case.new(make)
    await case.coach.http.post(f"/v1/enrollments/{case.enrollment_id}/pause")
    shown = (await case.coach.http.get(f"/v1/enrollments/{case.enrollment_id}")).json()

    async with make.runtime.database.reading(case.coach.workspace_id) as session:
        with pytest.raises(EnrollmentNotActive):
            await bookable(
                session,
                case.coach.workspace_id,
                contact_id=UUID(shown["contact"]["id"]),
                enrollment_id=case.place["enrollment_id"],
                appointment_type_id=case.place["appointment_type_id"],
            )
