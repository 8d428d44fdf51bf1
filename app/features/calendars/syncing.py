"""Reading a calendar elsewhere: fetched where it changed, and read by a process of its own."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import httpx

from app.core.clock import now
from app.core.outbound import Fetched, Outbound, OutboundError
from app.features.calendars.failures import reason_of_status
from app.features.calendars.feed_reading import FeedReader, Unreadable, Window
from app.features.calendars.feed_text import NotACalendar, lean
from app.repositories.external_calendars import DueCalendar

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 10.0
DAYS_AHEAD = 180
LONGEST_VALIDATOR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """What the calendar holds is known. `busy` is None where our copy is right already.

    `etag` and `last_modified` are for asking again (RFC 9110 13.1); the rest as in
    ExternalCalendar.
    """

    busy: Sequence[tuple[int, int]] | None
    etag: str | None
    last_modified: str | None
    digest: bytes | None
    read_on: date


@dataclass(frozen=True, slots=True)
class Failed:
    """It can't be read; `reason` is one of `failures.Reason`."""

    reason: str


Reading = Current | Failed


class CalendarReader:
    """Reads coaches' calendars through `outbound`."""

    def __init__(self, outbound: Outbound, feeds: FeedReader) -> None:
        """Fetch by one, read by the other."""
        self._outbound = outbound
        self._feeds = feeds

    async def read(self, calendar: DueCalendar) -> Reading:
        """What became of a calendar since it was last read; never raises for what it holds."""
        today = now().date()
        try:
            fetched = await self._outbound.fetch(
                calendar.url,
                headers=_conditions(calendar, today),
                most_bytes=MOST_BYTES,
                seconds=SECONDS,
            )
            if fetched.status == httpx.codes.NOT_MODIFIED and calendar.read_on == today:
                return _unchanged(calendar, today)
            if fetched.status != httpx.codes.OK:
                return Failed(reason_of_status(fetched.status))
            return await self._understand(calendar, fetched, today)
        except OutboundError as error:
            return Failed(error.code)
        except NotACalendar:
            return Failed("not_a_calendar")
        except Unreadable as error:
            return Failed(error.code)

    async def _understand(self, calendar: DueCalendar, fetched: Fetched, today: date) -> Current:
        window = _window(today, calendar.time_zone)
        text = await asyncio.to_thread(
            lean, fetched.body, since=window.since.date(), until=window.until.date()
        )
        digest = hashlib.sha256(window.question() + text).digest()
        known = digest == calendar.digest
        return Current(
            busy=None if known else await self._feeds.busy(text, window),
            etag=_validator(fetched, "etag"),
            last_modified=_validator(fetched, "last-modified"),
            digest=digest,
            read_on=today,
        )


def _conditions(calendar: DueCalendar, today: date) -> Mapping[str, str]:
    """Ask for changes only, unless the copy is of another day and must be expanded anew."""
    if calendar.read_on != today:
        return {}
    conditions = {"If-None-Match": calendar.etag, "If-Modified-Since": calendar.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _unchanged(calendar: DueCalendar, today: date) -> Current:
    return Current(
        busy=None,
        etag=calendar.etag,
        last_modified=calendar.last_modified,
        digest=calendar.digest,
        read_on=today,
    )


def _window(today: date, time_zone: str) -> Window:
    """From yesterday, which it still is somewhere; the same all day, so that copies compare."""
    since = datetime.combine(today, time(), UTC) - timedelta(days=1)
    return Window(since=since, until=since + timedelta(days=DAYS_AHEAD + 2), time_zone=time_zone)


def _validator(fetched: Fetched, name: str) -> str | None:
    """A header to send back later; None where that would be odd."""
    value = fetched.headers.get(name, "")
    sound = value.isascii() and value.isprintable() and len(value) <= LONGEST_VALIDATOR
    return value or None if sound else None
