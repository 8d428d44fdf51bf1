"""What happens to calendars elsewhere and to feeds of ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from app.core.events import DomainEvent
from app.core.jobs import BULK


@dataclass(frozen=True, kw_only=True)
class CalendarEvent(DomainEvent):
    """What every event about a calendar elsewhere says; `subject_id` is the calendar."""

    coach_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class CalendarConnected(CalendarEvent):
    """A calendar kept elsewhere was added: what stands in it is not offered for booking."""

    type = "calendar.connected"


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(CalendarEvent):
    """It got another name or address."""

    type = "calendar.changed"


@dataclass(frozen=True, kw_only=True)
class CalendarDisconnected(CalendarEvent):
    """It was removed: its times are free again."""

    type = "calendar.disconnected"


@dataclass(frozen=True, kw_only=True)
class CalendarSyncFailed(CalendarEvent):
    """It can't be read, said once for an outage. `reason` is one of the reasons in `failures`.

    `last_read_at` is the age of the copy that stands in for it, None where there is none.
    """

    type = "calendar.sync_failed"
    lane: ClassVar[int] = BULK

    reason: str
    last_read_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CalendarSyncRecovered(CalendarEvent):
    """It can be read again, after an outage that was told."""

    type = "calendar.sync_recovered"
    lane: ClassVar[int] = BULK


@dataclass(frozen=True, kw_only=True)
class CalendarFeedCreated(DomainEvent):
    """A coach, or the client it is about, got a private address for their appointments."""

    type = "calendar_feed.created"

    name: str


@dataclass(frozen=True, kw_only=True)
class CalendarFeedRevoked(DomainEvent):
    """That address works no more."""

    type = "calendar_feed.revoked"

    name: str
