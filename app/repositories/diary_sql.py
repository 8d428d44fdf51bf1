"""The statement that reads a coach's diary; it has only the columns that are asked for."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Label,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.models import Appointment, Attendee
from app.models.appointments import LIVE
from app.repositories.busy import external_busy

WORKSPACE_ID = bindparam("workspace_id", type_=Uuid())
CONTACT_ID = bindparam("contact_id", type_=Uuid())
NOW = bindparam("now", type_=DateTime(timezone=True))
SPAN = func.tstzrange(
    bindparam("since", type_=DateTime(timezone=True)),
    bindparam("until", type_=DateTime(timezone=True)),
)
SECONDS = ARRAY(BigInteger())


@lru_cache(maxsize=16)
def diary_statement(*, client: bool, group: bool, counting: bool, named: bool) -> Select[Any]:
    """A row of parallel arrays of epoch seconds, null for none, over `:since` to `:until`.

    Always `busy_from` and `busy_until`, and the EXTERNAL_COLUMNS. With `counting` all starts as
    `counted`, for a `client` theirs as `counted_for_client` too; for a `group` type its
    `sessions` as JSON; with `named` the appointments' ids as `refs`.
    """
    live = _live(client=client, group=group)
    columns: list[ColumnElement[Any]] = [
        _all(live.c.busy_from).label("busy_from"),
        _all(live.c.busy_until).label("busy_until"),
        *external_busy(named=named),
    ]
    if counting:
        columns.append(_all(live.c.starts_at).label("counted"))
    if counting and client:
        columns.append(_mine(live))
    if group:
        columns.append(_sessions(live, client=client))
    if named:
        columns.append(func.array_agg(cast(live.c.id, Text), type_=ARRAY(Text())).label("refs"))
    return select(*columns)


def _live(*, client: bool, group: bool) -> Subquery:
    """The coach's appointments that take their time, without holds that have expired."""
    columns: list[ColumnElement[Any]] = [
        Appointment.__table__.c.id,
        Appointment.__table__.c.appointment_type_id,
        _epoch(Appointment.blocked_from).label("busy_from"),
        _epoch(Appointment.blocked_until).label("busy_until"),
        _epoch(Appointment.starts_at).label("starts_at"),
        _epoch(Appointment.ends_at).label("ends_at"),
    ]
    if group:
        columns.append((Appointment.capacity - Appointment.seats_taken).label("seats_left"))
        columns.append(_lapsed_holds())
    if client:
        columns.append(_is_theirs())
    return (
        select(*columns)
        .where(
            Appointment.workspace_id == WORKSPACE_ID,
            Appointment.coach_id == bindparam("coach_id"),
            Appointment.blocked.op("&&")(SPAN),
            text(f"appointments.{LIVE}"),
            or_(Appointment.hold_expires_at.is_(None), Appointment.hold_expires_at > NOW),
            Appointment.id != bindparam("vacated"),
        )
        .subquery("live")
    )


def _epoch(instant: Any) -> ColumnElement[int]:
    return cast(func.date_part("epoch", instant), BigInteger)


def _all(seconds: ColumnElement[int]) -> ColumnElement[Any]:
    return func.array_agg(seconds, type_=SECONDS)


def _is_theirs() -> Label[bool]:
    """Whether the client who asks has a seat in the appointment, and doesn't leave it."""
    seats = select(Attendee.appointment_id).where(
        Attendee.workspace_id == WORKSPACE_ID,
        Attendee.contact_id == CONTACT_ID,
        text(f"appointment_attendees.{LIVE}"),
        or_(Attendee.hold_expires_at.is_(None), Attendee.hold_expires_at > NOW),
    )
    has_seat = Appointment.id.in_(seats)  # looked up once; EXISTS would be asked row by row
    return and_(has_seat, Appointment.id != bindparam("leaving")).label("theirs")


def _lapsed_holds() -> Label[int]:
    """How many taken seats are holds that have expired."""
    return (
        select(func.count())
        .where(
            Attendee.workspace_id == Appointment.workspace_id,
            Attendee.appointment_id == Appointment.id,
            Attendee.hold_expires_at <= NOW,
        )
        .correlate(Appointment)
        .scalar_subquery()
        .label("lapsed_holds")
    )


def _mine(live: Subquery) -> ColumnElement[Any]:
    theirs: ColumnElement[Any] = func.array_agg(live.c.starts_at, type_=SECONDS).filter(
        live.c.theirs
    )
    return theirs.label("counted_for_client")


def _sessions(live: Subquery, *, client: bool) -> ColumnElement[Any]:
    """`[[start, end, seats left, joined], ...]` of the sessions of the type asked for."""
    seats: ColumnElement[int] = live.c.seats_left + live.c.lapsed_holds
    joined: list[ColumnElement[bool]] = [live.c.theirs] if client else []
    each = func.jsonb_build_array(live.c.starts_at, live.c.ends_at, seats, *joined)
    of_type = live.c.appointment_type_id == bindparam("type_id")
    sessions: ColumnElement[Any] = func.jsonb_agg(each, type_=JSONB).filter(of_type)
    return sessions.label("sessions")
