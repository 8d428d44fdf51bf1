"""What people are told inside the app, as the API takes and gives it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import In, Line, Out
from app.core.paging import PageQuery


class NotificationQuery(PageQuery):
    """Which of one's own notifications; newest first."""

    unread: Annotated[
        bool | None, Field(description="Only those still to be read, or only the others.")
    ] = None
    type: Annotated[str, Line(60)] | None = None


class NotificationOut(Out):
    """One event told to the caller, in the words of its letter.

    `path` is where in the portal (or the coach's app) it leads. `subject_id` is the thing it is
    about, `contact_id` the client. What was taken back meanwhile is no longer in the list.
    """

    id: UUID
    type: Annotated[str, Field(examples=["note.shared"])]
    event_id: UUID
    contact_id: UUID | None
    subject_id: UUID | None
    title: Annotated[str, Field(examples=["Maya Okafor shared a note with you"])]
    summary: Annotated[str, Field(examples=["What we found on Tuesday"])]
    path: Annotated[str | None, Field(examples=["/notes/0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"])]
    read_at: datetime | None
    created_at: datetime


class NotificationCountsOut(Out):
    """For the badge."""

    unread: int


class ReadAllIn(In):
    """Up to which one: the newest the caller has seen, so that none is read unseen."""

    up_to: Annotated[UUID, Field(description="The id of the newest notification on the screen.")]
