"""Appointments as calendars show them: a coach's, or a client's own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import (
    Appointment,
    AppointmentType,
    Attendee,
    CoachProfile,
    Contact,
    Member,
    User,
    Workspace,
)
from app.repositories.calendar_feeds import Reader

SHOWN = ("pending", "confirmed", "completed", "no_show")
MOST_SEATS = 5000

SeatRow = Row[*tuple[Any, ...]]
"""A seat, its appointment, its client and its coach, under the names of SEATS."""

SEATS = (
    select(
        Attendee.ical_uid,
        Attendee.ical_sequence,
        Attendee.status,
        Appointment.id.label("appointment_id"),
        Appointment.version,
        Appointment.capacity,
        Appointment.starts_at,
        Appointment.ends_at,
        Appointment.location_kind,
        Appointment.location_value,
        func.greatest(Appointment.updated_at, Attendee.updated_at).label("updated_at"),
        AppointmentType.name,
        func.rtrim(Contact.first_name + " " + Contact.last_name).label("client"),
        func.coalesce(CoachProfile.display_name, User.name).label("coach"),
        func.coalesce(Workspace.email_reply_to, User.email).label("coach_email"),
    )
    .select_from(Attendee)
    .join(
        Appointment,
        and_(
            Appointment.workspace_id == Attendee.workspace_id,
            Appointment.id == Attendee.appointment_id,
        ),
    )
    .join(
        AppointmentType,
        and_(
            AppointmentType.workspace_id == Appointment.workspace_id,
            AppointmentType.id == Appointment.appointment_type_id,
        ),
    )
    .join(
        Contact,
        and_(Contact.workspace_id == Attendee.workspace_id, Contact.id == Attendee.contact_id),
    )
    .join(
        Member,
        and_(Member.workspace_id == Appointment.workspace_id, Member.id == Appointment.coach_id),
    )
    .join(User, User.id == Member.user_id)
    .join(Workspace, Workspace.workspace_id == Appointment.workspace_id)
    .outerjoin(
        CoachProfile,
        and_(CoachProfile.workspace_id == Member.workspace_id, CoachProfile.member_id == Member.id),
    )
    .where(
        Attendee.workspace_id == bindparam("workspace_id"),
        Attendee.status.in_(SHOWN),
        Appointment.starts_at.between(bindparam("since"), bindparam("until")),
    )
    .order_by(Appointment.starts_at, Appointment.id, Attendee.id)
    .limit(MOST_SEATS)
)


async def seats_of(
    session: AsyncSession, workspace_id: UUID, reader: Reader, *, since: datetime, until: datetime
) -> Sequence[SeatRow]:
    """All seats in a coach's appointments, or a client's own and nobody else's.

    Those that start between the two instants, in order; one statement.
    """
    if reader.member_id is not None:
        statement = SEATS.where(Appointment.coach_id == reader.member_id)
    else:
        statement = SEATS.where(Attendee.contact_id == reader.contact_id)
    values = {"workspace_id": workspace_id, "since": since, "until": until}
    return (await session.execute(statement, values)).all()
