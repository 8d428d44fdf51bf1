"""Appointments as a client sees them: their own seat, with the terms that bind them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal
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
    case,
    func,
    not_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Appointment, AppointmentType, Attendee, CoachProfile, Member, User
from app.models.appointments import LIVE_STATUSES

OF_APPOINTMENT = (
    "id",
    "coach_id",
    "appointment_type_id",
    "starts_at",
    "ends_at",
    "capacity",
    "seats_taken",
    "location_kind",
    "location_value",
    "version",
)
OF_SEAT = (
    "enrollment_id",
    "series_id",
    "status",
    "booked_by",
    "note",
    "reschedules",
    "rescheduled_from",
    "cancelled_at",
    "cancelled_by",
    "cancel_reason",
    "created_at",
)
OF_TYPE = (
    "name",
    "description",
    "client_can_cancel",
    "cancel_notice_minutes",
    "late_cancel_rule",
    "client_can_reschedule",
    "reschedule_notice_minutes",
    "max_reschedules",
)

When = Literal["upcoming", "past", "all"]

SeatCard = Row[*tuple[Any, ...]]
"""OF_APPOINTMENT, OF_SEAT and OF_TYPE, both zones, `seat_id` and `coach_name`."""

CARDS = (
    select(
        *(Appointment.__table__.c[name] for name in OF_APPOINTMENT),
        *(Attendee.__table__.c[name] for name in OF_SEAT),
        *(AppointmentType.__table__.c[name] for name in OF_TYPE),
        Appointment.time_zone.label("coach_time_zone"),
        Attendee.client_time_zone.label("time_zone"),
        Attendee.id.label("seat_id"),
        func.coalesce(CoachProfile.display_name, User.name).label("coach_name"),
    )
    .join(
        Attendee,
        and_(
            Attendee.workspace_id == Appointment.workspace_id,
            Attendee.appointment_id == Appointment.id,
            Attendee.contact_id == bindparam("contact_id"),
            Attendee.status != "held",
        ),
    )
    .join(
        AppointmentType,
        and_(
            AppointmentType.workspace_id == Appointment.workspace_id,
            AppointmentType.id == Appointment.appointment_type_id,
        ),
    )
    .join(
        Member,
        and_(Member.workspace_id == Appointment.workspace_id, Member.id == Appointment.coach_id),
    )
    .join(User, User.id == Member.user_id)
    .outerjoin(
        CoachProfile,
        and_(
            CoachProfile.workspace_id == Appointment.workspace_id,
            CoachProfile.member_id == Appointment.coach_id,
        ),
    )
    .where(Appointment.workspace_id == bindparam("workspace_id"))
)

LIVE_FIRST = case((Attendee.status.in_(LIVE_STATUSES), 0), else_=1)

CARD = (
    CARDS.where(Appointment.id == bindparam("appointment_id"))
    .order_by(LIVE_FIRST, Attendee.id.desc())
    .limit(1)
)
"""Of several seats one after the other in a session, the one they have, or had last."""

THESE = CARDS.where(Attendee.id == any_(bindparam("seat_ids", type_=ARRAY(Uuid())))).order_by(
    Appointment.starts_at
)

TO_COME = and_(
    Appointment.ends_at > bindparam("now"), Attendee.status.in_(("pending", "confirmed"))
)

CONDITIONS: dict[str, ColumnElement[bool]] = {
    "upcoming": TO_COME,
    "past": not_(TO_COME),
    "status": Attendee.status == bindparam("status"),
    "enrollment_id": Attendee.enrollment_id == bindparam("enrollment_id"),
}


async def seat_card(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID, appointment_id: UUID
) -> SeatCard:
    """A contact's own appointment; NotFound for anybody else's."""
    values = {
        "workspace_id": workspace_id,
        "contact_id": contact_id,
        "appointment_id": appointment_id,
    }
    card = (await session.execute(CARD, values)).one_or_none()
    if card is None:
        raise NotFound
    return card


async def these_seats(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID, seat_ids: Sequence[UUID]
) -> Sequence[SeatCard]:
    """Seats of a contact that are known to be there, in order of their start; one statement."""
    values = {
        "workspace_id": workspace_id,
        "contact_id": contact_id,
        "seat_ids": list(seat_ids),
    }
    cards: Sequence[SeatCard] = (await session.execute(THESE, values)).all()
    return cards


async def seat_cards(
    session: AsyncSession,
    workspace_id: UUID,
    contact_id: UUID,
    *,
    when: When,
    wanted: dict[str, Any],
    descending: bool,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Sequence[SeatCard]:
    """A contact's appointments in order of their start; one more than `limit`, if there are.

    `after` is the start and the seat of the one before.
    """
    shape = (*wanted, *((when,) if when != "all" else ()))
    statement = _page(shape, descending=descending, continued=after is not None)
    position = {"after_start": after[0], "after_seat": after[1]} if after else {}
    values = {
        "workspace_id": workspace_id,
        "contact_id": contact_id,
        "row_limit": limit + 1,
        **wanted,
        **position,
    }
    if when != "all":
        values["now"] = now()
    cards: Sequence[SeatCard] = (await session.execute(statement, values)).all()
    return cards


@lru_cache(maxsize=256)
def _page(shape: tuple[str, ...], *, descending: bool, continued: bool) -> Select[Any]:
    statement = CARDS.where(*(CONDITIONS[name] for name in shape))
    keys = (Appointment.starts_at, Attendee.id)
    if continued:
        here, there = tuple_(*keys), tuple_(bindparam("after_start"), bindparam("after_seat"))
        statement = statement.where(here < there if descending else here > there)
    order = [key.desc() if descending else key.asc() for key in keys]
    return statement.order_by(*order).limit(bindparam("row_limit"))
