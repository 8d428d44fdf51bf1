"""The steps towards a goal: added, changed, put in order, made, and taken back."""

from uuid import UUID

from app.core.clock import now
from app.core.events import publish
from app.core.fields import changes
from app.features.goals.events import MilestoneCompleted, about
from app.features.goals.failures import TooManyMilestones, UnknownMilestones
from app.features.goals.paths import Work
from app.features.goals.schemas_steps import MilestoneChanges, MilestoneIn
from app.features.goals.telling import tell_later
from app.features.goals.writing import require_open
from app.models import GoalMilestone
from app.repositories.goal_cards import GoalCard
from app.repositories.goals import MilestoneRepository

MOST = 50


async def add_milestone(work: Work, body: MilestoneIn) -> GoalCard:
    """Add a step behind the others. Raises GoalClosed and TooManyMilestones (409)."""
    milestones = _of(work)
    there = await milestones.in_order()
    if len(there) >= MOST:
        raise TooManyMilestones
    last = max((each.position for each in there), default=-1)
    milestones.add_at_end([GoalMilestone(**body.model_dump())], after=last + 1)
    return await _done(work)


def _of(work: Work) -> MilestoneRepository:
    require_open(work.goal)
    return MilestoneRepository(work.goals.session, work.goal)


async def _done(work: Work) -> GoalCard:
    await work.goals.session.flush()
    await tell_later(work, "milestones")
    return await work.goals.card(work.goal.id)


async def change_milestone(work: Work, milestone_id: UUID, body: MilestoneChanges) -> GoalCard:
    """Give a step other values. Raises GoalClosed (409)."""
    milestone = await _of(work).require(milestone_id)
    changed = {name: new for name, new in changes(body).items() if getattr(milestone, name) != new}
    for name, value in changed.items():
        setattr(milestone, name, value)
    return await _done(work) if changed else await work.goals.card(work.goal.id)


async def remove_milestone(work: Work, milestone_id: UUID) -> GoalCard:
    """Take a step away. Raises GoalClosed (409)."""
    milestones = _of(work)
    await milestones.delete(await milestones.require(milestone_id))
    return await _done(work)


async def order_milestones(work: Work, milestone_ids: list[UUID]) -> GoalCard:
    """Put the steps in this order. Raises GoalClosed (409) and UnknownMilestones (422)."""
    there = {each.id: each for each in await _of(work).in_order()}
    if len(there) != len(milestone_ids) or there.keys() != set(milestone_ids):
        raise UnknownMilestones
    if list(there) == milestone_ids:
        return await work.goals.card(work.goal.id)
    for position, milestone_id in enumerate(milestone_ids):
        there[milestone_id].position = position
    return await _done(work)


async def complete_milestone(work: Work, milestone_id: UUID) -> GoalCard:
    """Call a step made, and tell the other side; a second time changes nothing.

    Raises GoalClosed (409).
    """
    goals, milestone = work.goals, await _of(work).require(milestone_id)
    if milestone.completed_at is None:
        milestone.completed_at = now()
        await goals.session.flush()
        event = about(work.goal, work.principal.actor, goals.audience.side)
        made = MilestoneCompleted(**event, milestone_id=milestone.id, milestone=milestone.title)
        await publish(goals.session, made)
    return await goals.card(work.goal.id)


async def reopen_milestone(work: Work, milestone_id: UUID) -> GoalCard:
    """Say that a step is still to be made. Raises GoalClosed (409)."""
    milestone = await _of(work).require(milestone_id)
    if milestone.completed_at is None:
        return await work.goals.card(work.goal.id)
    milestone.completed_at = None
    return await _done(work)
