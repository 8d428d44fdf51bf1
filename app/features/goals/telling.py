"""Telling the other side of changes: all of some minutes at once."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import Actor, publish
from app.core.jobs import NewJob, enqueue
from app.features.goals.events import GoalEdited, GoalUpdated, about
from app.features.goals.paths import Work
from app.repositories.audiences import Audience, Side
from app.repositories.goals import GoalRepository

KIND = "goal.updates"
"""Kind of the job that tells one side what the other has changed of one goal."""

QUIET = timedelta(minutes=5)
"""From the first change until the other side is told of it, and of those that followed."""


async def tell_later(work: Work, *changed: str) -> None:
    """Record a change at once, and see that the other side is told of it, with others."""
    if not changed:
        return
    goal, goals, actor = work.goal, work.goals, work.principal.actor
    side = goals.audience.side
    await goals.remember_untold(goal, side, changed)
    await publish(goals.session, GoalEdited(**about(goal, actor, side), changed=changed))
    job = NewJob(
        kind=KIND,
        payload={
            "workspace_id": goal.workspace_id,
            "goal_id": goal.id,
            "side": side,
            "actor": {"kind": actor.kind, "id": actor.id},
        },
        key=f"goal:{goal.id}:updates:{side}",
        run_at=now() + QUIET,
    )
    await enqueue(goals.session, job)


async def tell_updates(
    session: AsyncSession, workspace_id: UUID, goal_id: UUID, *, side: Side, actor: Actor
) -> None:
    """What the job does: one event for all that this side has changed since the last one."""
    goals = GoalRepository(session, Audience.team(workspace_id))
    try:
        goal = await goals.require(goal_id, lock=True)
    except NotFound:
        return
    changed = await goals.take_untold(goal, side)
    if changed:
        await publish(session, GoalUpdated(**about(goal, actor, side), changed=tuple(changed)))
