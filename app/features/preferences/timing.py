"""When a person's daily digest goes out."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from app.core.clock import zone_named
from app.core.jobs import BULK, NewJob

SEND_DIGEST = "digest"
"""Kind of the job that gathers one person's deferred letters into one."""


def digest_job(
    workspace_id: UUID, inbox_id: UUID, *, hour: int, zone: str, after: datetime
) -> NewJob:
    """The work of sending the next digest; whichever of some comes first gathers what waits.

    A key would have the planner of a letter wait for a digest that waits for it. A job for an
    hour that isn't the reader's any longer does nothing.
    """
    return NewJob(
        kind=SEND_DIGEST,
        payload={"workspace_id": workspace_id, "inbox_id": inbox_id, "hour": hour},
        lane=BULK,
        run_at=next_digest(after, hour=hour, zone=zone),
    )


def next_digest(after: datetime, *, hour: int, zone: str) -> datetime:
    """The first instant after this one at which the clock of the zone strikes the hour.

    An hour that a change of clocks skips comes when it would have been; one that comes twice
    counts the first time.
    """
    clock = zone_named(zone)
    today = after.astimezone(clock).date()
    days = (today, today + timedelta(days=1))
    strikes = (datetime.combine(day, time(hour), tzinfo=clock).astimezone(UTC) for day in days)
    return next(instant for instant in strikes if instant > after)
