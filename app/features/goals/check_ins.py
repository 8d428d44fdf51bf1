"""Saying how far a goal has come, and looking back on its way."""

from datetime import datetime
from uuid import UUID

from app.core.clock import now
from app.core.ids import new_id
from app.core.paging import Page, cut_page, decode_cursor
from app.features.goals.answers import progress_kind
from app.features.goals.failures import (
    NotAPercentage,
    NotYourCheckIn,
    ProgressFollowsMilestones,
)
from app.features.goals.paths import Work
from app.features.goals.schemas_steps import (
    CheckInAuthor,
    CheckInIn,
    CheckInOut,
    CheckInQuery,
    PointOut,
    SeriesOut,
    SeriesQuery,
)
from app.features.goals.telling import tell_later
from app.features.goals.writing import require_open
from app.models import GoalCheckIn
from app.repositories.goal_cards import CheckInCard
from app.repositories.goal_check_ins import CheckInRepository
from app.repositories.goals import GoalRepository, MilestoneRepository

ORDER = "latest_first"
WHOLE = 100


async def check_in(work: Work, body: CheckInIn) -> CheckInOut:
    """Say how far a goal has come; the other side is told some minutes later.

    Raises GoalClosed (409), NotAPercentage and ProgressFollowsMilestones (422).
    """
    require_open(work.goal)
    if body.value is not None:
        await _check_value(work, body.value)
    check_ins = _of(work)
    made = GoalCheckIn(
        id=new_id(),
        goal_id=work.goal.id,
        contact_id=work.goal.contact_id,
        side=work.goals.audience.side,
        author_id=work.principal.member_id,
        at=body.at or now(),
        value=body.value,
        comment=body.comment,
    )
    check_ins.add(made)
    await check_ins.session.flush()
    await work.goals.follow_check_ins(work.goal)
    await tell_later(work, "progress")
    return _out(await check_ins.card(made.id))


async def _check_value(work: Work, value: float) -> None:
    milestones = await MilestoneRepository(work.goals.session, work.goal).count()
    kind = progress_kind(work.goal, milestones)
    if kind == "milestones":
        raise ProgressFollowsMilestones
    if kind == "percent" and not 0 <= value <= WHOLE:
        raise NotAPercentage


def _of(work: Work) -> CheckInRepository:
    return CheckInRepository(work.goals.session, work.goal.workspace_id, work.goal.id)


def _out(card: CheckInCard) -> CheckInOut:
    author = CheckInAuthor.model_construct(
        side=card.side, member_id=card.author_id, name=card.author_name
    )
    return CheckInOut.model_construct(
        id=card.id,
        author=author,
        at=card.at,
        value=card.value,
        comment=card.comment,
        created_at=card.created_at,
    )


async def remove_check_in(work: Work, check_in_id: UUID) -> None:
    """Take back what one's own side said. Raises GoalClosed (409), NotYourCheckIn (403)."""
    require_open(work.goal)
    check_ins = _of(work)
    made = await check_ins.require(check_in_id)
    if made.side != work.goals.audience.side:
        raise NotYourCheckIn
    await check_ins.delete(made)
    await work.goals.follow_check_ins(work.goal)
    await tell_later(work, "progress")


async def list_check_ins(
    goals: GoalRepository, goal_id: UUID, query: CheckInQuery
) -> Page[CheckInOut]:
    """A page of a goal's check-ins, the latest first. Raises NotFound."""
    goal = await goals.require(goal_id)
    check_ins = CheckInRepository(goals.session, goal.workspace_id, goal.id)
    rows = await check_ins.page(_position(query), limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.at, row.id))
    return Page[CheckInOut].model_construct(
        data=[_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: CheckInQuery) -> tuple[datetime, UUID] | None:
    if query.cursor is None:
        return None
    at, check_in_id = decode_cursor(query.cursor, sort=ORDER, shape=tuple[datetime, UUID])
    return at, check_in_id


async def series_of(goals: GoalRepository, goal_id: UUID, query: SeriesQuery) -> SeriesOut:
    """A goal's values over time. Raises NotFound."""
    goal = await goals.require(goal_id)
    check_ins = CheckInRepository(goals.session, goal.workspace_id, goal.id)
    rows = await check_ins.series(since=query.since, until=query.until)
    points = [PointOut.model_construct(at=row.at, value=row.value) for row in rows]
    return SeriesOut.model_construct(points=points)
