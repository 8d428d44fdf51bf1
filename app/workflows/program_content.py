"""What a program brings along when an enrollment begins: goals, assignments, files; once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Brought, BroughtThing
from app.models import Assignment, Goal
from app.repositories.newcomers import Newcomer, files_shown, newcomers
from app.workflows.program_assignments import bring_assignments
from app.workflows.program_goals import bring_goals

MOST_FILES = 30
"""So many files are named in a letter's facts; the portal shows them all."""


async def bring_along(
    session: AsyncSession,
    workspace_id: UUID,
    program_id: UUID,
    enrollment_ids: Sequence[UUID],
    *,
    at: datetime,
) -> Mapping[UUID, Brought]:
    """Give enrollments that begin `at` this instant what their program has for them.

    Goals and assignments are made from the templates as they are now, and stay as they are made.
    Files need nothing: whoever is in the program sees what is shared with it.
    """
    if not enrollment_ids:
        return {}
    begun = await newcomers(session, workspace_id, enrollment_ids)
    scope = (session, workspace_id, program_id)
    goals = await bring_goals(*scope, begun, at=at)
    assignments = await bring_assignments(*scope, begun, at=at)
    files = await files_shown(*scope, most=MOST_FILES)
    return {one.enrollment_id: _brought(one, goals, assignments, files) for one in begun}


def _brought(
    newcomer: Newcomer,
    goals: Sequence[Goal],
    assignments: Sequence[Assignment],
    files: Sequence[str],
) -> Brought:
    return Brought(
        goals=[
            BroughtThing(title=goal.title, due=goal.due_on)
            for goal in goals
            if goal.enrollment_id == newcomer.enrollment_id
        ],
        assignments=[
            BroughtThing(title=each.title, due=each.due_at)
            for each in assignments
            if each.enrollment_id == newcomer.enrollment_id
        ],
        files=list(files),
    )
