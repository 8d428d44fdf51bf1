"""Calendars kept elsewhere as the API takes and gives them."""

import re
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from app.core.fields import UNCHANGED, In, Line, Out, WebUrl
from app.core.paging import PageQuery
from app.features.calendars.failures import Reason

WEBCAL = re.compile("^webcals?://", re.IGNORECASE)


def _over_https(value: object) -> object:
    """Calendar programs give addresses of their own kind away: `webcal://`."""
    return WEBCAL.sub("https://", value) if isinstance(value, str) else value


CalendarName = Annotated[str, Line(100)]
CalendarUrl = Annotated[
    WebUrl,
    BeforeValidator(_over_https),
    Field(
        description="Where it can be read without signing in, in iCalendar (.ics) form; "
        "`webcal://` is taken for `https://`.",
        examples=["https://calendar.example.com/private-4f1c/basic.ics"],
    ),
]


class ExternalCalendarIn(In):
    """A calendar to connect."""

    name: CalendarName
    url: CalendarUrl
    coach_id: UUID | None = None
    """A member of the team; default: whoever connects it."""


class ExternalCalendarChanges(In):
    """What to change. At another address the calendar is read at once."""

    name: CalendarName = UNCHANGED
    url: CalendarUrl = UNCHANGED


class ExternalCalendarQuery(PageQuery):
    """Whose calendars."""

    coach_id: UUID | None = None


class ExternalCalendarOut(Out):
    """A calendar kept elsewhere, whose times are not offered for booking.

    `url` holds a secret: others than its coach see only where it is. `synced_at` is when our
    copy was last known to be right; while the calendar is `failing`, for the reason in `error`,
    that copy stands in.
    """

    id: UUID
    coach_id: UUID
    name: str
    url: str
    status: Literal["pending", "ok", "failing"]
    error: Reason | None
    error_detail: str | None
    failing_since: datetime | None
    synced_at: datetime | None
    attempted_at: datetime | None
    created_at: datetime
    updated_at: datetime
