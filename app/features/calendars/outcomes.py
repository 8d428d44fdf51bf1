"""Writing down what reading a calendar brought: its busy times, or that it can't be read."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.events import SYSTEM, publish
from app.features.calendars.events import CalendarSyncFailed, CalendarSyncRecovered
from app.features.calendars.failures import PASSING
from app.features.calendars.jobs import sync_again, sync_now
from app.features.calendars.syncing import Current, Failed, Reading
from app.models import ExternalCalendar
from app.repositories.external_calendars import DueCalendar, ExternalCalendarRepository

PATIENCE = 3
"""Failures in a row after which the coach is told of what may pass by itself."""


async def record(session: AsyncSession, due: DueCalendar, reading: Reading) -> None:
    """Keep what was read, and plan the next time; the last good copy outlives any failure.

    What was read from an address that was replaced meanwhile is dropped, and the new one read.
    """
    calendars = ExternalCalendarRepository(session, due.workspace_id)
    calendar = await calendars.locked(due.id)
    if calendar is None:
        return
    if calendar.generation != due.generation:
        await sync_now(session, due.workspace_id, due.id)
        return
    calendar.attempted_at = now()
    if isinstance(reading, Current):
        await _keep(calendars, calendar, reading)
    else:
        await _note_failure(session, calendar, reading)
    await session.flush()  # while this practice's rows can be written
    await sync_again(session, due.workspace_id, due.id, failures=calendar.failures)


async def _keep(
    calendars: ExternalCalendarRepository, calendar: ExternalCalendar, reading: Current
) -> None:
    if reading.busy is not None:
        await calendars.replace_busy(calendar, reading.busy)
    if calendar.outage_told:
        await publish(calendars.session, CalendarSyncRecovered(**about(calendar)))
    calendar.etag, calendar.last_modified = reading.etag, reading.last_modified
    calendar.digest, calendar.read_on = reading.digest, reading.read_on
    calendar.synced_at = calendar.attempted_at
    calendar.failures, calendar.failing_since = 0, None
    calendar.last_error, calendar.outage_told = None, False


async def _note_failure(session: AsyncSession, calendar: ExternalCalendar, failure: Failed) -> None:
    """Count it, and tell the coach once for all of an outage."""
    calendar.failures += 1
    calendar.last_error = failure.reason
    calendar.failing_since = calendar.failing_since or calendar.attempted_at
    hopeless = failure.reason not in PASSING or calendar.failures >= PATIENCE
    if hopeless and not calendar.outage_told:
        calendar.outage_told = True
        facts = about(calendar) | {"last_read_at": calendar.synced_at}
        await publish(session, CalendarSyncFailed(**facts, reason=failure.reason))


def about(calendar: ExternalCalendar) -> dict[str, Any]:
    """The facts of a CalendarEvent that nobody in particular caused."""
    return {
        "workspace_id": calendar.workspace_id,
        "actor": SYSTEM,
        "subject_id": calendar.id,
        "coach_id": calendar.coach_id,
        "name": calendar.name,
    }
