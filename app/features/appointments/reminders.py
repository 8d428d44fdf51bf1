"""Reminders: jobs that wait for their hour, and follow when an appointment moves or falls."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.jobs import NewJob, cancel, enqueue
from app.features.appointments.events import AppointmentReminder, about
from app.models import Appointment
from app.repositories.appointment_types import AppointmentTypeRepository
from app.repositories.appointments import AppointmentRepository

KIND = "appointment.reminder"
"""Kind of the job that reminds everyone who has a seat in one appointment."""


async def remind_of(
    session: AsyncSession, appointments: Iterable[Appointment], *, at: datetime
) -> None:
    """Ask for the reminders of those that are confirmed; one whose hour is past is left out."""
    jobs = [
        _job(appointment, minutes)
        for appointment in appointments
        if appointment.status == "confirmed"
        for minutes in appointment.reminders_minutes
        if _due(appointment, minutes) > at
    ]
    await enqueue(session, *jobs)


def _job(appointment: Appointment, minutes: int) -> NewJob:
    return NewJob(
        kind=KIND,
        payload={
            "workspace_id": appointment.workspace_id,
            "appointment_id": appointment.id,
            "minutes": minutes,
        },
        key=_key(appointment, minutes),
        run_at=_due(appointment, minutes),
        expires_at=appointment.starts_at,
    )


def _key(appointment: Appointment, minutes: int) -> str:
    return f"appointment:{appointment.id}:{minutes}"


def _due(appointment: Appointment, minutes: int) -> datetime:
    return appointment.starts_at - timedelta(minutes=minutes)


async def follow(session: AsyncSession, appointment: Appointment, *, at: datetime) -> None:
    """Let an appointment's reminders follow its change, in the same transaction."""
    await cancel(session, *(_key(appointment, each) for each in appointment.reminders_minutes))
    await remind_of(session, [appointment], at=at)


async def remind(
    session: AsyncSession, workspace_id: UUID, appointment_id: UUID, *, minutes: int
) -> None:
    """What the job does when its hour has come: look again, and tell those who have a seat.

    An appointment that was moved while the job was already running gets its reminder anew.
    """
    appointments = AppointmentRepository(session, workspace_id)
    try:
        appointment = await appointments.current(appointment_id)
    except NotFound:
        return
    at = now()
    if appointment.status != "confirmed" or appointment.starts_at <= at:
        return
    if _due(appointment, minutes) > at:
        await enqueue(session, _job(appointment, minutes))
        return
    await publish(session, *await _reminders(appointments, appointment, minutes))


async def _reminders(
    appointments: AppointmentRepository, appointment: Appointment, minutes: int
) -> Sequence[AppointmentReminder]:
    types = AppointmentTypeRepository(appointments.session, appointments.workspace_id)
    offered = await types.require(appointment.appointment_type_id)
    return [
        AppointmentReminder(
            **about(appointment, seat, name=offered.name, actor=SYSTEM),
            minutes_before=minutes,
            remind_coach=offered.remind_coach,
        )
        for seat in await appointments.seats(appointment.id)
        if seat.status == "confirmed"
    ]
