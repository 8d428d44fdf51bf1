"""Reminding clients of goals that are due: a job that waits for the day before."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.jobs import NewJob, cancel, enqueue
from app.features.goals.events import GoalDueSoon, about
from app.models import Goal
from app.repositories.audiences import Audience
from app.repositories.belongings import is_called_off
from app.repositories.goals import GoalRepository

KIND = "goal.due_soon"
"""Kind of the job that reminds a client of one goal."""

HOUR = time(9)
"""When clients are reminded, by their own clock."""

AHEAD = timedelta(days=1)


async def follow(goals: GoalRepository, goal: Goal) -> None:
    """Let a goal's reminder follow its change, in the same transaction."""
    await forget(goals.session, goal)
    if goal.status == "active" and goal.due_on is not None:
        await watch(goals.session, [(goal, await goals.zone_of(goal.contact_id))])


async def watch(session: AsyncSession, goals: Iterable[tuple[Goal, str]]) -> None:
    """Ask for the reminders of these active goals, each with the IANA zone of its contact."""
    jobs = [_job(goal, goal.due_on, zone) for goal, zone in goals if goal.due_on is not None]
    await enqueue(session, *(job for job in jobs if job.run_at > now()))


async def forget(session: AsyncSession, goal: Goal) -> None:
    """Take the reminder back."""
    await cancel(session, _key(goal))


def _job(goal: Goal, due_on: date, zone: str) -> NewJob:
    return NewJob(
        kind=KIND,
        payload={"workspace_id": goal.workspace_id, "goal_id": goal.id},
        key=_key(goal),
        run_at=_at_nine(due_on - AHEAD, zone),
    )


def _key(goal: Goal) -> str:
    return f"goal:{goal.id}:due_soon"


def _at_nine(day: date, zone: str) -> datetime:
    return datetime.combine(day, HOUR, ZoneInfo(zone))


async def remind(session: AsyncSession, workspace_id: UUID, goal_id: UUID) -> None:
    """What the job does when its hour has come: look again, and tell the client.

    A goal that was moved while the job was already running gets its reminder anew; nobody is
    reminded of one whose program the practice has cancelled.
    """
    goals = GoalRepository(session, Audience.team(workspace_id))
    try:
        goal = await goals.require(goal_id, lock=True)
    except NotFound:
        return
    if goal.status != "active" or goal.due_on is None:
        return
    if await is_called_off(session, workspace_id, goal.enrollment_id):
        return
    zone = await goals.zone_of(goal.contact_id)
    job = _job(goal, goal.due_on, zone)
    if job.run_at > now():
        await enqueue(session, job)
    elif _at_nine(goal.due_on + AHEAD, zone) > now():
        event = GoalDueSoon(**about(goal, SYSTEM, "member"), due_on=goal.due_on)
        await publish(session, event)
