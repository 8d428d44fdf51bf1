"""What keeps a coach busy besides their appointments: calendars kept elsewhere."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Label,
    Text,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import TypeEngine

from app.models import ExternalBusy, ExternalCalendar

EXTERNAL_COLUMNS = (
    "external_starts",
    "external_ends",
    "external_refs",
    "busy_data_as_of",
    "busy_data_stale",
)

FRESH_FOR = timedelta(hours=1)
"""A copy older than this is stale even where nobody has failed to read the calendar since."""


def external_busy(*, named: bool = False) -> tuple[Label[Any], ...]:
    """The EXTERNAL_COLUMNS of the statement that reads a diary, so that it stays one statement.

    The first three are parallel arrays, null for none: epoch seconds of the busy ranges that
    overlap `:since` to `:until`, and with `named` what explain() calls them: their calendar's id.
    Then the time of the oldest copy that was read, and whether one of them is older than it
    should be. Also bound there are `:workspace_id`, `:coach_id` and `:now`.
    """
    refs = _all(cast(ExternalBusy.calendar_id, Text), Text()) if named else _nothing(Text())
    return (
        _all(_epoch(ExternalBusy.starts_at), BigInteger()).label("external_starts"),
        _all(_epoch(ExternalBusy.ends_at), BigInteger()).label("external_ends"),
        refs.label("external_refs"),
        _of_calendars(func.min(ExternalCalendar.synced_at)).label("busy_data_as_of"),
        _of_calendars(func.coalesce(func.bool_or(_is_stale()), False)).label("busy_data_stale"),
    )


def _all(values: ColumnElement[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    ordered = aggregate_order_by(values, ExternalBusy.starts_at, ExternalBusy.id)
    return (
        select(func.array_agg(ordered, type_=ARRAY(kind)))
        .where(
            ExternalBusy.workspace_id == bindparam("workspace_id"),
            ExternalBusy.coach_id == bindparam("coach_id"),
            ExternalBusy.ends_at > _instant("since"),
            ExternalBusy.starts_at < _instant("until"),
        )
        .scalar_subquery()
    )


def _nothing(kind: TypeEngine[Any]) -> ColumnElement[Any]:
    return literal(None, ARRAY(kind))


def _of_calendars(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(value)
        .where(
            ExternalCalendar.workspace_id == bindparam("workspace_id"),
            ExternalCalendar.coach_id == bindparam("coach_id"),
        )
        .scalar_subquery()
    )


def _is_stale() -> ColumnElement[bool]:
    return or_(
        ExternalCalendar.failures > 0,
        ExternalCalendar.synced_at.is_(None),
        ExternalCalendar.synced_at < _instant("now") - FRESH_FOR,
    )


def _epoch(instant: Any) -> ColumnElement[int]:
    return cast(func.date_part("epoch", instant), BigInteger)


def _instant(name: str) -> ColumnElement[datetime]:
    return bindparam(name, type_=DateTime(timezone=True))
