"""What stands in a coach's diary, read in one statement for the slot engine."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories.diary_sql import diary_statement
from app.repositories.terms import Terms
from app.slots import Busy, Diary, Session, SlotRules, busy_span, counted_span

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who asks: a client has caps of their own, and maybe a seat they would give up.

    `leaving` is the appointment that is to be moved; `vacated` says that it would be empty then.
    """

    contact_id: UUID | None = None
    leaving: UUID | None = None
    vacated: bool = False


ANYBODY = Viewer()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryRead:
    """A diary, and how fresh the copies of calendars kept elsewhere are."""

    diary: Diary
    as_of: datetime | None
    stale: bool


async def load_diary(
    session: AsyncSession,
    terms: Terms,
    *,
    since: int,
    until: int,
    now: datetime,
    viewer: Viewer = ANYBODY,
    named: bool = False,
) -> DiaryRead:
    """The diary for starts in `since <= start < until` (epoch seconds); one statement.

    With `named`, busy ranges carry the ids by which explain() tells of them.
    """
    statement = diary_statement(
        client=viewer.contact_id is not None,
        group=terms.rules.capacity > 1,
        counting=bool(terms.rules.caps),
        named=named,
    )
    values = {
        "workspace_id": terms.type.workspace_id,
        "coach_id": terms.type.coach_id,
        "type_id": terms.type.id,
        "contact_id": viewer.contact_id,
        "leaving": viewer.leaving or NOBODY,
        "vacated": viewer.leaving if viewer.vacated and viewer.leaving else NOBODY,
        "now": now,
        **_span(terms.rules, since, until),
    }
    row = (await session.execute(statement, values)).one()
    return DiaryRead(diary=_diary(row), as_of=row.busy_data_as_of, stale=row.busy_data_stale)


def _span(rules: SlotRules, since: int, until: int) -> dict[str, datetime]:
    """What can refuse a start, and with caps what counts towards them: whole weeks."""
    spans = [busy_span(rules, since, until)]
    if rules.caps:
        spans.append(counted_span(rules, since, until))
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return {"since": _instant(first), "until": _instant(last)}


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _diary(row: Row[*tuple[Any, ...]]) -> Diary:
    found = row._mapping  # noqa: SLF001 - the documented way to columns that may be missing
    return Diary(
        appointments=Busy(row.busy_from or (), row.busy_until or (), found.get("refs") or ()),
        external=Busy(row.external_starts or (), row.external_ends or (), row.external_refs or ()),
        sessions=[Session(*each) for each in found.get("sessions") or ()],
        counted=found.get("counted") or (),
        counted_for_client=found.get("counted_for_client") or (),
    )
