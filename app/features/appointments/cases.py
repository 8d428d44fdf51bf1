"""An appointment about to be changed: locked, read anew, and put right when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import Actor, DomainEvent, publish
from app.features.appointments.events import about
from app.features.appointments.failures import AppointmentClosed, NoSuchAttendee
from app.features.appointments.policies import OPEN
from app.features.appointments.reminders import follow
from app.features.appointments.seating import sum_up
from app.models import Appointment, AppointmentType, Attendee
from app.repositories.appointment_types import AppointmentTypeRepository
from app.repositories.appointments import AppointmentRepository
from app.repositories.coaches import lock_coach


@dataclass(slots=True, kw_only=True)
class Case:
    """One appointment in the hands of whoever changes it; `events` are told when it is closed."""

    appointments: AppointmentRepository
    appointment: Appointment
    seats: Sequence[Attendee]
    offered: AppointmentType
    actor: Actor
    at: datetime
    events: list[DomainEvent] = field(default_factory=list)

    @property
    def session(self) -> AsyncSession:
        """The transaction of the change."""
        return self.appointments.session

    @property
    def workspace_id(self) -> UUID:
        """The practice."""
        return self.appointments.workspace_id

    def seats_in(self, *statuses: str, contact_id: UUID | None = None) -> list[Attendee]:
        """The seats of these statuses, everybody's or one contact's.

        Raises NoSuchAttendee (422), and AppointmentClosed (409) when there is none.
        """
        seats = [seat for seat in self.seats if contact_id in {None, seat.contact_id}]
        if not seats:
            raise NoSuchAttendee
        found = [seat for seat in seats if seat.status in statuses]
        if not found:
            raise AppointmentClosed
        return found

    def open_seats(self, contact_id: UUID | None = None) -> list[Attendee]:
        """The seats that are asked for or confirmed; raises as `seats_in` does."""
        return self.seats_in(*OPEN, contact_id=contact_id)

    def facts(self, seat: Attendee) -> dict[str, Any]:
        """What an event about this seat says."""
        return about(self.appointment, seat, name=self.offered.name, actor=self.actor)

    async def close(self) -> None:
        """Write the change down: the appointment summed up, reminders moved, events told."""
        sum_up(self.appointment, self.seats)
        await self.session.flush()
        await follow(self.session, self.appointment, at=self.at)
        await publish(self.session, *self.events)


async def open_case(
    session: AsyncSession,
    workspace_id: UUID,
    appointment_id: UUID,
    *,
    actor: Actor,
    contact_id: UUID | None = None,
) -> Case:
    """Take an appointment into one's hands, others wait; with `contact_id` only theirs.

    NotFound for a stranger's, and for a time that is only held.
    """
    appointments = AppointmentRepository(session, workspace_id)
    coach_id = await appointments.coach_of(appointment_id, contact_id=contact_id)
    await lock_coach(session, workspace_id, coach_id)
    appointment = await appointments.current(appointment_id)
    if appointment.status == "held":
        raise NotFound
    types = AppointmentTypeRepository(session, workspace_id)
    return Case(
        appointments=appointments,
        appointment=appointment,
        seats=await appointments.seats(appointment_id),
        offered=await types.require(appointment.appointment_type_id),
        actor=actor,
        at=now(),
    )
