"""Reminding of appointments: the handler behind every `appointment.reminder` job."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.work import ClaimedJob
from app.features.appointments.reminders import remind


class AppointmentReminders:
    """Tells everyone who has a seat, exactly once: the events and the job's end commit together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, session: AsyncSession, job: ClaimedJob) -> None:
        """Remind of the appointment the job names, if it still stands where it stood."""
        workspace_id = UUID(job.payload["workspace_id"])
        await self._database.enter(session, workspace_id)
        appointment_id = UUID(job.payload["appointment_id"])
        await remind(session, workspace_id, appointment_id, minutes=job.payload["minutes"])
