"""Appointments as a coach sees them: columns, with everyone who has or had a seat as JSON."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Appointment, AppointmentType, Attendee, Contact
from app.repositories.seat_cards import OF_SEAT

PLAIN = (
    "id",
    "coach_id",
    "appointment_type_id",
    "status",
    "starts_at",
    "ends_at",
    "time_zone",
    "capacity",
    "seats_taken",
    "location_kind",
    "location_value",
    "version",
    "created_at",
    "updated_at",
)

AppointmentCard = Row[*tuple[Any, ...]]
"""An appointment's PLAIN columns, the `name` of its type, and its `attendees`."""

ATTENDEE: Mapping[str, ColumnElement[Any]] = {
    **{name: Attendee.__table__.c[name] for name in ("id", "contact_id", *OF_SEAT)},
    "time_zone": Attendee.__table__.c.client_time_zone,
    "first_name": Contact.__table__.c.first_name,
    "last_name": Contact.__table__.c.last_name,
    "email": Contact.__table__.c.email,
}

_pairs = [part for name, column in ATTENDEE.items() for part in (name, column)]

ATTENDEES = (
    select(
        func.jsonb_agg(
            aggregate_order_by(func.jsonb_build_object(*_pairs), Attendee.id), type_=JSONB
        )
    )
    .join(
        Contact,
        and_(Contact.workspace_id == Attendee.workspace_id, Contact.id == Attendee.contact_id),
    )
    .where(
        Attendee.workspace_id == Appointment.workspace_id,
        Attendee.appointment_id == Appointment.id,
        Attendee.status != "held",
    )
    .correlate(Appointment)
    .scalar_subquery()
)

CARDS = (
    select(
        *(Appointment.__table__.c[name] for name in PLAIN),
        AppointmentType.name,
        ATTENDEES.label("attendees"),
    )
    .join(
        AppointmentType,
        and_(
            AppointmentType.workspace_id == Appointment.workspace_id,
            AppointmentType.id == Appointment.appointment_type_id,
        ),
    )
    .where(Appointment.workspace_id == bindparam("workspace_id"), Appointment.status != "held")
)

CARD = CARDS.where(Appointment.id == bindparam("appointment_id"))

THESE = CARDS.where(Appointment.id == any_(bindparam("ids", type_=ARRAY(Uuid())))).order_by(
    Appointment.starts_at
)


async def appointment_card(
    session: AsyncSession, workspace_id: UUID, appointment_id: UUID
) -> AppointmentCard:
    """One appointment; NotFound for a stranger's, and for one that is only held."""
    values = {"workspace_id": workspace_id, "appointment_id": appointment_id}
    card = (await session.execute(CARD, values)).one_or_none()
    if card is None:
        raise NotFound
    return card


async def these_appointments(
    session: AsyncSession, workspace_id: UUID, ids: Sequence[UUID]
) -> Sequence[AppointmentCard]:
    """Appointments that are known to be there, in order of their start; one statement."""
    values = {"workspace_id": workspace_id, "ids": list(ids)}
    cards: Sequence[AppointmentCard] = (await session.execute(THESE, values)).all()
    return cards


async def appointment_cards(
    session: AsyncSession,
    workspace_id: UUID,
    wanted: Mapping[str, Any],
    *,
    descending: bool,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Sequence[AppointmentCard]:
    """Appointments in order of their start; one more than `limit`, if there are.

    `wanted` are values for CONDITIONS; `after` is the start and the id of the one before.
    """
    statement = _page(tuple(wanted), descending=descending, continued=after is not None)
    position = {"after_start": after[0], "after_id": after[1]} if after else {}
    values = {"workspace_id": workspace_id, **wanted, **position, "row_limit": limit + 1}
    cards: Sequence[AppointmentCard] = (await session.execute(statement, values)).all()
    return cards


def _seat_of(column: ColumnElement[UUID], name: str) -> ColumnElement[bool]:
    return exists().where(
        Attendee.workspace_id == Appointment.workspace_id,
        Attendee.appointment_id == Appointment.id,
        column == bindparam(name),
    )


CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "status": Appointment.status == bindparam("status"),
    "coach_id": Appointment.coach_id == bindparam("coach_id"),
    "appointment_type_id": Appointment.appointment_type_id == bindparam("appointment_type_id"),
    "series_id": _seat_of(Attendee.__table__.c.series_id, "series_id"),
    "starts_after": Appointment.starts_at >= bindparam("starts_after"),
    "starts_before": Appointment.starts_at < bindparam("starts_before"),
    "contact_id": _seat_of(Attendee.__table__.c.contact_id, "contact_id"),
    "enrollment_id": _seat_of(Attendee.__table__.c.enrollment_id, "enrollment_id"),
}


@lru_cache(maxsize=1024)
def _page(shape: tuple[str, ...], *, descending: bool, continued: bool) -> Select[Any]:
    statement = CARDS.where(*(CONDITIONS[name] for name in shape))
    keys = (Appointment.starts_at, Appointment.id)
    if continued:
        here, there = tuple_(*keys), tuple_(bindparam("after_start"), bindparam("after_id"))
        statement = statement.where(here < there if descending else here > there)
    order = [key.desc() if descending else key.asc() for key in keys]
    return statement.order_by(*order).limit(bindparam("row_limit"))
