"""Requests nobody has answered when their time comes: they are declined, the credits free again."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.events import SYSTEM
from app.core.jobs import NewJob, enqueue
from app.features.appointments.answering import decline
from app.features.appointments.cases import open_case
from app.features.appointments.failures import AppointmentClosed
from app.features.appointments.schemas import DeclineIn
from app.models import Appointment

KIND = "appointment.lapse"
"""Kind of the job that looks after one appointment's requests at its start."""


async def lapse_at_start(session: AsyncSession, appointments: Iterable[Appointment]) -> None:
    """Ask for a look at these appointments when they begin; once for each start."""
    jobs = [
        NewJob(
            kind=KIND,
            payload={"workspace_id": each.workspace_id, "appointment_id": each.id},
            key=f"appointment:{each.id}:lapse:{each.starts_at.timestamp():.0f}",
            run_at=each.starts_at,
        )
        for each in appointments
    ]
    await enqueue(session, *jobs)


async def lapse(session: AsyncSession, workspace_id: UUID, appointment_id: UUID) -> None:
    """What the job does: decline what is still only asked for, unless it was moved meanwhile."""
    try:
        case = await open_case(session, workspace_id, appointment_id, actor=SYSTEM)
        if case.appointment.starts_at <= case.at:
            await decline(case, DeclineIn())
    except (NotFound, AppointmentClosed):
        return
