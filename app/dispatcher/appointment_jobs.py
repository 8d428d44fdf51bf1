"""What is done about appointments when their time comes: reminding, and ending idle requests."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.work import ClaimedJob, Handler
from app.features.appointments import lapsing, reminders


def appointment_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for appointments, by kind; events and the job's end commit together."""

    async def remind(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id, appointment_id = _named(job)
        await database.enter(session, workspace_id)
        minutes = job.payload["minutes"]
        await reminders.remind(session, workspace_id, appointment_id, minutes=minutes)

    async def lapse(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id, appointment_id = _named(job)
        await database.enter(session, workspace_id)
        await lapsing.lapse(session, workspace_id, appointment_id)

    return {reminders.KIND: remind, lapsing.KIND: lapse}


def _named(job: ClaimedJob) -> tuple[UUID, UUID]:
    return UUID(job.payload["workspace_id"]), UUID(job.payload["appointment_id"])
