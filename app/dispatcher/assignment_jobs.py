"""What is done about assignments when its time has come."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.work import ClaimedJob, Handler
from app.features.assignments import reminders


def assignment_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for assignments, by kind."""

    async def look(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = UUID(job.payload["workspace_id"])
        await database.enter(session, workspace_id)
        assignment_id = UUID(job.payload["assignment_id"])
        await reminders.look(session, workspace_id, assignment_id, moment=job.payload["moment"])

    return {reminders.KIND: look}
