"""How goals end: reached, given up, or taken up again."""

from app.core.clock import now
from app.core.events import publish
from app.features.goals.events import GoalCompleted, about
from app.features.goals.failures import GoalClosed
from app.features.goals.paths import Work
from app.features.goals.reminders import follow
from app.features.goals.telling import tell_later
from app.repositories.goal_cards import GoalCard


async def complete_goal(work: Work) -> GoalCard:
    """Call a goal reached, and tell the other side; a second time changes nothing.

    Raises GoalClosed (409) for one that was given up.
    """
    goal, goals = work.goal, work.goals
    if goal.status == "abandoned":
        raise GoalClosed
    if goal.status == "active":
        await _turn(work, "achieved")
        event = about(goal, work.principal.actor, goals.audience.side)
        await publish(goals.session, GoalCompleted(**event))
    return await goals.card(goal.id)


async def abandon_goal(work: Work) -> GoalCard:
    """Give a goal up; a second time changes nothing. Raises GoalClosed (409) for a reached one."""
    if work.goal.status == "achieved":
        raise GoalClosed
    if work.goal.status == "active":
        await _turn(work, "abandoned")
        await tell_later(work, "status")
    return await work.goals.card(work.goal.id)


async def reopen_goal(work: Work) -> GoalCard:
    """Take up a goal again that was reached or given up."""
    if work.goal.status != "active":
        await _turn(work, "active")
        await tell_later(work, "status")
    return await work.goals.card(work.goal.id)


async def _turn(work: Work, status: str) -> None:
    work.goal.status = status
    work.goal.closed_at = None if status == "active" else now()
    await work.goals.session.flush()
    await follow(work.goals, work.goal)
