"""Working hours as JSON columns of a select over schedules."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Label, func, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from app.models import Schedule, ScheduleOverride, ScheduleRule


def weekly_hours() -> Label[Any]:
    """`weekly`: `[[weekday, start minute, end minute], ...]` in order; null for none."""
    rule = ScheduleRule
    each = func.jsonb_build_array(rule.weekday, rule.start_minute, rule.end_minute)
    ordered = aggregate_order_by(each, rule.weekday, rule.start_minute)
    return (
        select(func.jsonb_agg(ordered, type_=JSONB))
        .where(rule.workspace_id == Schedule.workspace_id, rule.schedule_id == Schedule.id)
        .correlate(Schedule)
        .scalar_subquery()
        .label("weekly")
    )


def overridden_dates(*chosen: ColumnElement[bool]) -> Label[Any]:
    """`overrides`: `[[date, [[start minute, end minute], ...] or null], ...]`; null for none."""
    override = ScheduleOverride
    each = func.jsonb_build_array(override.day, _spans())
    return (
        select(func.jsonb_agg(aggregate_order_by(each, override.day), type_=JSONB))
        .where(
            override.workspace_id == Schedule.workspace_id,
            override.schedule_id == Schedule.id,
            *chosen,
        )
        .correlate(Schedule)
        .scalar_subquery()
        .label("overrides")
    )


def _spans() -> ColumnElement[Any]:
    """The ranges of an override's minutes, in order."""
    unnested = func.unnest(ScheduleOverride.minutes).table_valued("span", name="spans")
    span = unnested.render_derived().c.span
    ends = (func.lower(span, type_=Integer), func.upper(span, type_=Integer))
    each = func.jsonb_build_array(*ends)
    return select(func.jsonb_agg(each, type_=JSONB)).scalar_subquery()
