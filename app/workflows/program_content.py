"""What a program brings along when an enrollment begins: goals, assignments, files; once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Brought, BroughtThing
from app.repositories.newcomers import files_shown, newcomers
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
    goals = defaultdict[UUID | None, list[BroughtThing]](list)
    for goal in await bring_goals(*scope, begun, at=at):
        goals[goal.enrollment_id].append(BroughtThing(title=goal.title, due=goal.due_on))
    assignments = defaultdict[UUID | None, list[BroughtThing]](list)
    for task in await bring_assignments(*scope, begun, at=at):
        assignments[task.enrollment_id].append(BroughtThing(title=task.title, due=task.due_at))
    files = await files_shown(*scope, most=MOST_FILES)
    return {
        one: Brought(goals=goals[one], assignments=assignments[one], files=files)
        for one in enrollment_ids
    }
