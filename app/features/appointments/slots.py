"""What is free: by day, and the next ones."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.features.appointments.allowances import Allowance, allowance_of
from app.features.appointments.asking import Desk, open_desk
from app.features.appointments.failures import BadRange
from app.features.appointments.schemas_portal import NextQuery, PortalSlotQuery
from app.features.appointments.schemas_slots import SlotQuery
from app.repositories.diaries import ANYBODY, DiaryRead, Viewer
from app.slots import (
    MAX_QUERY_DAYS,
    answer_days,
    answer_slots,
    epoch_seconds,
    query_span,
)
from app.slots.horizon import earliest_start

ONE_DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
AHEAD = timedelta(days=93)
LONGEST_NOTICE = timedelta(days=365)


async def free_days(
    session: AsyncSession,
    workspace_id: UUID,
    query: SlotQuery,
    *,
    viewer: Viewer = ANYBODY,
    schedule_id: UUID | None = None,
) -> dict[str, Any]:
    """The free times of the days asked for, as SlotsOut has them; two statements.

    Raises NotFound, BadRange (422), NoWorkingHours and TypeArchived (409).
    """
    if not ONE_DAY <= query.until - query.first <= MAX_QUERY_DAYS * ONE_DAY:
        raise BadRange
    desk = await open_desk(
        session,
        workspace_id,
        query.appointment_type_id,
        first=query.first,
        last=query.until,
        schedule_id=schedule_id,
    )
    time_zone = query.time_zone or desk.coach_time_zone
    since, until = query_span(time_zone, query.first, query.until)
    read = await desk.read(since, until, viewer=viewer)
    days = answer_days(desk.offers(read.diary, since, until), time_zone)
    return {"time_zone": time_zone, **_about(desk, read), "days": days}


def _about(desk: Desk, read: DiaryRead) -> dict[str, Any]:
    return {
        "coach_time_zone": desk.coach_time_zone,
        "busy_data_as_of": read.as_of,
        "busy_data_stale": read.stale,
    }


async def next_free(
    session: AsyncSession, workspace_id: UUID, query: NextQuery, viewer: Viewer
) -> dict[str, Any]:
    """The next free times of a client, as NextSlotsOut has them; three statements.

    They are looked for in the 93 days from the first that the notice allows. Raises what
    `allowance_of` does, NoWorkingHours and TypeArchived (409).
    """
    allowance = await _allowance(session, workspace_id, query, viewer)
    today = now().date()
    desk = await open_desk(
        session,
        workspace_id,
        query.appointment_type_id,
        first=today,
        last=today + AHEAD + LONGEST_NOTICE,
        schedule_id=allowance.schedule_id,
    )
    since = earliest_start(desk.rules, epoch_seconds(desk.at))
    until = since + AHEAD // SECOND
    read = await desk.read(since, until, viewer=viewer)
    found = answer_slots(desk.offers(read.diary, since, until))[: query.count]
    return {**_about(desk, read), "slots": found}


async def free_days_of_client(
    session: AsyncSession, workspace_id: UUID, query: PortalSlotQuery, viewer: Viewer
) -> dict[str, Any]:
    """The free times that a client may book within an enrollment; three statements.

    Raises what `allowance_of` and `free_days` do.
    """
    allowance = await _allowance(session, workspace_id, query, viewer)
    schedule_id = allowance.schedule_id
    return await free_days(session, workspace_id, query, viewer=viewer, schedule_id=schedule_id)


async def _allowance(
    session: AsyncSession, workspace_id: UUID, query: PortalSlotQuery | NextQuery, viewer: Viewer
) -> Allowance:
    if viewer.contact_id is None:
        raise NotFound
    return await allowance_of(
        session,
        workspace_id,
        contact_id=viewer.contact_id,
        enrollment_id=query.enrollment_id,
        type_id=query.appointment_type_id,
        by_client=True,
    )
