"""Appointments and their seats, as bookings and changes write them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_where_free

from app.core.errors import NotFound
from app.models import Appointment, Attendee
from app.repositories.base import Repository

APART = "appointments_apart_excl"

JOINABLE = ("held", "pending", "confirmed")

ITS_APPOINTMENT = and_(
    Appointment.workspace_id == Attendee.workspace_id,
    Appointment.id == Attendee.appointment_id,
)

FRESH = {"populate_existing": True}
"""Reads what is there now, whatever the session saw before it had the lock."""


class AppointmentRepository(Repository[Appointment]):
    """One practice's appointments. Whoever writes holds the lock on the coach (`lock_coach`)."""

    model = Appointment

    async def coach_of(self, appointment_id: UUID, *, contact_id: UUID | None = None) -> UUID:
        """Whose appointment it is; NotFound for a stranger's, and where the contact has no part."""
        statement = select(Appointment.coach_id).where(
            Appointment.workspace_id == self.workspace_id, Appointment.id == appointment_id
        )
        if contact_id is not None:
            part = and_(ITS_APPOINTMENT, Attendee.contact_id == contact_id)
            statement = statement.join(Attendee, part).where(Attendee.status != "held").limit(1)
        coach_id = await self.session.scalar(statement)
        if coach_id is None:
            raise NotFound
        return coach_id

    async def current(self, appointment_id: UUID) -> Appointment:
        """The appointment as it is now; NotFound when it is gone."""
        statement = self.query().where(Appointment.id == appointment_id)
        row = await self.session.scalar(statement.execution_options(**FRESH))
        if row is None:
            raise NotFound
        return row

    async def seats(self, appointment_id: UUID) -> Sequence[Attendee]:
        """Everyone who has, or had, a seat; in the order they came."""
        here = (
            Attendee.workspace_id == self.workspace_id,
            Attendee.appointment_id == appointment_id,
        )
        statement = select(Attendee).where(*here).order_by(Attendee.id)
        return (await self.session.scalars(statement.execution_options(**FRESH))).all()

    async def session_at(self, type_id: UUID, starts_at: datetime) -> Appointment | None:
        """The group session of this type that starts then and can be joined."""
        statement = self.query().where(
            Appointment.appointment_type_id == type_id,
            Appointment.starts_at == starts_at,
            Appointment.status.in_(JOINABLE),
        )
        return await self.session.scalar(statement.execution_options(**FRESH))

    async def take_seat(self, appointment_id: UUID) -> bool:
        """Take one more seat of a session; False when there is none left."""
        taken = await self.session.scalar(
            update(Appointment)
            .where(
                Appointment.workspace_id == self.workspace_id,
                Appointment.id == appointment_id,
                Appointment.seats_taken < Appointment.capacity,
            )
            .values(
                seats_taken=Appointment.seats_taken + 1,
                version=Appointment.version + 1,
                updated_at=func.now(),
            )
            .returning(Appointment.id)
            .execution_options(synchronize_session=False)
        )
        return taken is not None

    async def add_apart(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[Appointment]:
        """Add appointments; those that have no room beside the others are not among the answer."""
        added = await self.session.scalars(
            insert_where_free(Appointment)
            .values([{"workspace_id": self.workspace_id, **row} for row in rows])
            .on_conflict_do_nothing(constraint=APART)
            .returning(Appointment)
        )
        return added.all()

    async def spent_holds(
        self, coach_id: UUID, *, at: datetime, contact_id: UUID | None = None
    ) -> Sequence[Attendee]:
        """The held seats with this coach that have expired, and all that this contact holds."""
        spent = [Attendee.hold_expires_at <= at]
        if contact_id is not None:
            spent.append(Attendee.contact_id == contact_id)
        statement = (
            select(Attendee)
            .join(Appointment, ITS_APPOINTMENT)
            .where(
                Attendee.workspace_id == self.workspace_id,
                Attendee.status == "held",
                Appointment.coach_id == coach_id,
                or_(*spent),
            )
            .execution_options(**FRESH)
        )
        return (await self.session.scalars(statement)).all()

    async def held(self, seat_id: UUID, contact_id: UUID) -> Attendee | None:
        """A seat that this contact holds, expired or not."""
        statement = select(Attendee).where(
            Attendee.workspace_id == self.workspace_id,
            Attendee.id == seat_id,
            Attendee.contact_id == contact_id,
            Attendee.status == "held",
        )
        return await self.session.scalar(statement.execution_options(**FRESH))

    async def drop(self, row: Appointment | Attendee) -> None:
        """Delete a seat that was only held, or an appointment that nobody else ever had."""
        await self.session.delete(row)
        await self.session.flush()
