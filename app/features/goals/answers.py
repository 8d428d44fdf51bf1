"""Goals' rows as answers."""

from typing import Any

from fastapi import Request, Response

from app.core.etags import etag, not_modified
from app.core.newest_first import last_seen, newest_first
from app.core.paging import Page
from app.features.goals.schemas import (
    GoalAuthor,
    GoalOut,
    GoalProgressOut,
    PortalGoalQuery,
    ProgressKind,
    TargetOut,
)
from app.features.goals.schemas_steps import MilestoneOut
from app.repositories.goal_cards import GoalCard
from app.repositories.goals import GoalRepository

MADE = {"author", "target", "progress", "milestones"}
ROUNDING = 1e-9
"""What binary fractions may miss: 29 of 100 are 29 %, not 28."""
PLAIN = tuple(name for name in GoalOut.model_fields if name not in MADE)


def goal_out(card: GoalCard) -> GoalOut:
    """A goal as the API gives it."""
    milestones = [MilestoneOut.model_validate(each) for each in card.milestones]
    author = GoalAuthor.model_construct(
        side=card.side, member_id=card.author_id, name=card.author_name
    )
    return GoalOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        author=author,
        target=_target(card),
        progress=_progress(card, milestones),
        milestones=milestones,
    )


def _target(card: GoalCard) -> TargetOut | None:
    if card.target_value is None:
        return None
    return TargetOut.model_construct(
        start=card.start_value, target=card.target_value, unit=card.unit
    )


def _progress(card: GoalCard, milestones: list[MilestoneOut]) -> GoalProgressOut:
    done = sum(each.completed_at is not None for each in milestones)
    kind = progress_kind(card, len(milestones))
    share = 1.0 if card.status == "achieved" else _share(card, kind, done, len(milestones))
    return GoalProgressOut.model_construct(
        kind=kind,
        percent=int(min(max(share, 0.0), 1.0) * 100 + ROUNDING),
        value=None if kind == "milestones" else card.current_value,
        checked_in_at=card.checked_in_at,
        milestones_done=done,
        milestones_total=len(milestones),
    )


def progress_kind(goal: Any, milestones: int) -> ProgressKind:
    """What tells how far a goal (or its card) has come."""
    if goal.target_value is not None:
        return "measured"
    return "milestones" if milestones else "percent"


def _share(card: GoalCard, kind: ProgressKind, done: int, total: int) -> float:
    """How much of the way is done; 1 is all of it."""
    if kind == "milestones":
        return done / total
    if card.current_value is None:
        return 0.0
    value: float = card.current_value
    if kind == "percent":
        return value / 100
    start, target = float(card.start_value), float(card.target_value)
    return (value - start) / (target - start)


def tagged(response: Response, card: GoalCard) -> GoalOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = _tag(card)
    return goal_out(card)


def tagged_or_known(request: Request, response: Response, card: GoalCard) -> GoalOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    return not_modified(request, _tag(card)) or tagged(response, card)


def _tag(card: GoalCard) -> str:
    """Steps, check-ins and comments are no edits, but a page that shows them is stale."""
    moving = (card.milestones, card.current_value, card.checked_in_at, card.status)
    return etag(card.version, *moving, card.comment_count, card.author_name)


async def list_goals(goals: GoalRepository, query: PortalGoalQuery) -> Page[GoalOut]:
    """A page of goals, newest first."""
    rows = await goals.page(query.filter(), before=last_seen(query), limit=query.limit)
    return newest_first(Page[GoalOut], rows, query, goal_out)
