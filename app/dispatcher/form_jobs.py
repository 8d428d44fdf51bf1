"""What is done about forms when its time has come."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.work import ClaimedJob, Handler
from app.features.forms import reminders


def form_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for forms, by kind."""

    async def look(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = UUID(job.payload["workspace_id"])
        await database.enter(session, workspace_id)
        response_id = UUID(job.payload["response_id"])
        await reminders.look(session, workspace_id, response_id, moment=job.payload["moment"])

    return {reminders.KIND: look}
