"""Feeds as the API takes and gives them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import In, Line, Out
from app.core.paging import PageQuery


class CalendarFeedIn(In):
    """A new feed; the name is for its reader, who may have one for each device."""

    name: Annotated[str, Line(100), Field(examples=["My phone"])] = "Calendar"


class CalendarFeedQuery(PageQuery):
    """One's own feeds."""


class CalendarFeedOut(Out):
    """A private address of one's appointments, for calendar programs to subscribe to.

    Whoever knows it can read them: it is a secret, and works until the feed is deleted.
    `webcal_url` opens a calendar program where there is one.
    """

    id: UUID
    name: str
    url: str
    webcal_url: str
    created_at: datetime
