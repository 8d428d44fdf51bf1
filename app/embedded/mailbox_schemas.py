"""What the mailbox is asked, and what it answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.fields import Filters, Line, Out

View = Literal["html", "phone", "text", "headers"]


class MailQuery(Filters):
    """Which mails: the newest, to one address where `to` is given."""

    to: Annotated[str, Line(320, min_length=0)] = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


class MailboxPageQuery(MailQuery):
    """What the page shows: the mails, and one of them opened."""

    id: Annotated[str, Line(60)] | None = None
    view: View = "html"


class AttachmentOut(Out):
    """A file that came with a mail; `size` in bytes."""

    index: int
    filename: str
    content_type: str
    size: int


class MailOut(Out):
    """A captured mail. `to` is the bare address, `from` also has the name."""

    id: str
    to: str
    sender: Annotated[str, Field(serialization_alias="from")]
    subject: str
    date: datetime | None
    text: str
    links: list[str]
    attachments: list[AttachmentOut]


class MailsOut(Out):
    """Captured mails, newest first."""

    data: list[MailOut]
