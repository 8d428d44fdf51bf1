"""Schedules' rows as answers."""

from datetime import date
from itertools import groupby
from uuid import UUID

from fastapi import Response

from app.core.etags import etag
from app.core.paging import Page, cut_page, decode_cursor
from app.features.availability.hours import intervals_out
from app.features.availability.schemas_schedules import (
    OverrideOut,
    RuleOut,
    ScheduleOut,
    ScheduleQuery,
)
from app.repositories.schedules import PLAIN, ScheduleCard, ScheduleRepository

ORDER = "oldest_first"


def schedule_out(card: ScheduleCard) -> ScheduleOut:
    """A schedule as the API gives it."""
    return ScheduleOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        rules=[
            RuleOut.model_construct(
                weekday=weekday, intervals=intervals_out(rule[1:] for rule in rules)
            )
            for weekday, rules in groupby(card.weekly or (), key=lambda rule: rule[0])
        ],
        overrides=[
            OverrideOut.model_construct(
                date=date.fromisoformat(day), intervals=intervals_out(spans or ())
            )
            for day, spans in card.overrides or ()
        ],
    )


def tagged(response: Response, card: ScheduleCard) -> ScheduleOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(card.version)
    return schedule_out(card)


async def list_schedules(schedules: ScheduleRepository, query: ScheduleQuery) -> Page[ScheduleOut]:
    """A page of schedules in the order they were made."""
    cards = await schedules.page(coach_id=query.coach_id, after=_position(query), limit=query.limit)
    page = cut_page(cards, limit=query.limit, sort=ORDER, key=lambda card: (card.id,))
    return Page[ScheduleOut].model_construct(
        data=[schedule_out(card) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: ScheduleQuery) -> UUID | None:
    if query.cursor is None:
        return None
    schedule_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return schedule_id
