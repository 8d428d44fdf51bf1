"""What the clock does about assignments: jobs that wait for their hour, and look again then."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.jobs import NewJob, cancel, enqueue
from app.features.assignments.events import (
    AssignmentDueSoon,
    AssignmentLate,
    AssignmentOverdue,
    about,
)
from app.models import Assignment
from app.repositories.assignments import AssignmentRepository
from app.repositories.audiences import Audience
from app.repositories.belongings import is_called_off

KIND = "assignment.clock"
"""Kind of the job that looks whether one assignment was handed in."""

Moment = Literal["due_soon", "late", "overdue"]
"""A day before it is due; when it is due; a day after."""

MOMENTS: dict[Moment, timedelta] = {
    "due_soon": -timedelta(days=1),
    "late": timedelta(),
    "overdue": timedelta(days=1),
}
AWAITED = frozenset({"assigned", "returned"})
"""States in which the client has something to do."""


async def watch(session: AsyncSession, assignments: Iterable[Assignment]) -> None:
    """Ask for the looks at these new assignments; those whose hour is past are left out."""
    jobs = [
        _job(assignment, moment, due_at=assignment.due_at)
        for assignment in assignments
        if assignment.due_at is not None and assignment.status in AWAITED
        for moment in get_args(Moment)
    ]
    await enqueue(session, *(job for job in jobs if job.run_at > now()))


async def follow(session: AsyncSession, assignment: Assignment) -> None:
    """Let the looks at an assignment follow its change, in the same transaction."""
    await cancel(session, *(_key(assignment, moment) for moment in get_args(Moment)))
    await watch(session, [assignment])


def _job(assignment: Assignment, moment: Moment, *, due_at: datetime) -> NewJob:
    payload = {
        "workspace_id": assignment.workspace_id,
        "assignment_id": assignment.id,
        "moment": moment,
    }
    run_at = due_at + MOMENTS[moment]
    return NewJob(kind=KIND, payload=payload, key=_key(assignment, moment), run_at=run_at)


def _key(assignment: Assignment, moment: Moment) -> str:
    return f"assignment:{assignment.id}:{moment}"


async def look(
    session: AsyncSession, workspace_id: UUID, assignment_id: UUID, *, moment: Moment
) -> None:
    """What the job does: look again, and tell whom it concerns.

    An assignment that was moved while the job was already running is looked at anew; nobody is
    told of one whose program the practice has cancelled.
    """
    assignments = AssignmentRepository(session, Audience.team(workspace_id))
    try:
        assignment = await assignments.require(assignment_id, lock=True)
    except NotFound:
        return
    if assignment.status not in AWAITED or assignment.due_at is None:
        return
    if await is_called_off(session, workspace_id, assignment.enrollment_id):
        return
    job = _job(assignment, moment, due_at=assignment.due_at)
    if job.run_at > now():
        await enqueue(session, job)
        return
    await _tell(session, assignment, moment, due_at=assignment.due_at)


async def _tell(
    session: AsyncSession, assignment: Assignment, moment: Moment, *, due_at: datetime
) -> None:
    facts = about(assignment, SYSTEM)
    if moment == "due_soon":
        if due_at > now():
            await publish(session, AssignmentDueSoon(**facts))
    elif moment == "overdue":
        await publish(session, AssignmentOverdue(**facts))
    elif assignment.late_told_at is None:
        assignment.late_told_at = now()
        await session.flush()
        await publish(session, AssignmentLate(**facts))
