"""What strangers ask for, and lists show, of schedules and appointments."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import (
    Appointment,
    AppointmentType,
    Attendee,
    Contact,
    CreditAccount,
    Enrollment,
    Member,
    Program,
    Schedule,
)
from app.repositories.coaches import lock_coach
from tests.make import Make, Person

NAMED = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"
LATER = datetime(2190, 1, 4, 9, 0, tzinfo=UTC)
WISH = {"appointment_type_id": NAMED, "enrollment_id": NAMED, "starts_at": LATER.isoformat()}

BOOKING_BODIES: dict[str, dict[str, Any]] = {
    "create_schedule": {"name": "Office", "time_zone": "UTC"},
    "change_schedule": {"name": "Ours now"},
    "override_schedule_date": {"intervals": []},
    "create_appointment_type": {"name": "Talk", "duration_minutes": 50},
    "change_appointment_type": {"name": "Ours now"},
    "book_appointment": {
        "appointment_type_id": NAMED,
        "contact_id": NAMED,
        "starts_at": LATER.isoformat(),
    },
    "reschedule_appointment": {"starts_at": LATER.isoformat()},
    "hold_slot": WISH,
    "book_own_appointment": WISH,
    "reschedule_own_appointment": {"starts_at": LATER.isoformat()},
}


async def schedule(make: Make, owner: Person) -> UUID:
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = Schedule(**_of(owner), coach_id=owner.member_id, name="Office", time_zone="UTC")
        session.add(row)
        await session.flush()
        return row.id


async def calendar_date(_: Make, __: Person) -> str:
    return "2190-01-04"


async def appointment_type(make: Make, owner: Person) -> UUID:
    async with make.runtime.database.writing(owner.workspace_id) as session:
        return (await _type(session, owner)).id


async def appointment(make: Make, owner: Person) -> UUID:
    """With one of the practice's clients."""
    return (await _seat(make, owner, status="confirmed")).appointment_id


async def hold(make: Make, owner: Person) -> UUID:
    """One of the practice's clients', good for ever."""
    return (await _seat(make, owner, status="held", hold_expires_at=LATER)).id


async def _seat(make: Make, owner: Person, **state: Any) -> Attendee:
    contact = await make.contact(workspace_id=owner.workspace_id)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        kind = await _type(session, owner)
        return await _booked(session, owner, kind, contact.id, LATER, **state)


BOOKING_TARGETS: dict[str, Callable[[Make, Person], Awaitable[UUID | str]]] = {
    "schedule_id": schedule,
    "date": calendar_date,
    "appointment_type_id": appointment_type,
    "appointment_id": appointment,
    "hold_id": hold,
}


async def appointments(
    session: AsyncSession, reader: Person, _: UUID | None, numbers: range
) -> None:
    """The reader's own, where they are a client; else with different contacts."""
    coach = Member(**_of(reader), user_id=reader.user_id, role="coach", removed_at=LATER)
    session.add(coach)
    await session.flush()
    kind = await _type(session, reader, coach_id=coach.id)
    await lock_coach(session, reader.workspace_id, coach.id)
    for number in numbers:
        contact_id = reader.contact_id
        if contact_id is None:
            contact = Contact(**_of(reader), first_name=f"Ada {number}")
            session.add(contact)
            await session.flush()
            contact_id = contact.id
        starts_at = LATER + timedelta(days=number)
        await _booked(session, reader, kind, contact_id, starts_at, status="confirmed")


async def granted_types(
    session: AsyncSession, client: Person, _: UUID | None, numbers: range
) -> None:
    """Each in an enrollment of its own."""
    coach = Member(**_of(client), user_id=client.user_id, role="coach", removed_at=LATER)
    session.add(coach)
    await session.flush()
    for _number in numbers:
        kind = await _type(session, client, coach_id=coach.id)
        program = Program(**_of(client), name="Flight", slug=new_id().hex, currency="EUR")
        session.add(program)
        await session.flush()
        enrollment = Enrollment(
            **_of(client),
            program_id=program.id,
            contact_id=client.contact_id,
            status="active",
            origin="quick_start",
        )
        session.add(enrollment)
        await session.flush()
        place = {"enrollment_id": enrollment.id, "appointment_type_id": kind.id}
        session.add(CreditAccount(**_of(client), **place, unit="sessions"))


BOOKING_CROWDS = {
    "list_appointments": appointments,
    "list_own_appointments": appointments,
    "list_bookable_types": granted_types,
}


async def _type(
    session: AsyncSession, owner: Person, *, coach_id: UUID | None = None
) -> AppointmentType:
    kind = AppointmentType(
        **_of(owner),
        coach_id=coach_id or owner.member_id,
        name="Talk",
        duration_minutes=50,
        slot_interval_minutes=60,
    )
    session.add(kind)
    await session.flush()
    return kind


async def _booked(
    session: AsyncSession,
    owner: Person,
    kind: AppointmentType,
    contact_id: UUID,
    starts_at: datetime,
    **state: Any,
) -> Attendee:
    ends_at = starts_at + timedelta(minutes=50)
    meeting = Appointment(
        **_of(owner),
        coach_id=kind.coach_id,
        appointment_type_id=kind.id,
        starts_at=starts_at,
        ends_at=ends_at,
        blocked_from=starts_at,
        blocked_until=ends_at,
        local_date=starts_at.date(),
        time_zone="UTC",
        capacity=1,
        seats_taken=1,
        **state,
    )
    session.add(meeting)
    await session.flush()
    seat = Attendee(
        **_of(owner),
        appointment_id=meeting.id,
        contact_id=contact_id,
        booked_by="member",
        ical_uid=str(new_id()),
        **state,
    )
    session.add(seat)
    await session.flush()
    return seat


def _of(owner: Person) -> dict[str, Any]:
    return {"workspace_id": owner.workspace_id}
