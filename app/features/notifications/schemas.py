"""E-mails and events as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from app.core.fields import Line, Out
from app.core.paging import PageQuery

EmailStatus = Literal[
    "queued",
    "sent",
    "failed",
    "bounced",
    "suppressed",
    "cancelled",
    "switched_off",
    "deferred",
    "digested",
]
ActorKind = Literal["member", "client", "api_key", "system"]


class EmailQuery(PageQuery):
    """Which e-mails; newest first. `batch_id` is a bulk portal invitation's."""

    status: EmailStatus | None = None
    contact_id: UUID | None = None
    template: Annotated[str, Line(100)] | None = None
    batch_id: UUID | None = None


class EmailOut(Out):
    """One e-mail to one person.

    `suppressed` was never sent, because the address had bounced before; `cancelled` was given up,
    because its link had died or what it told of was taken back; `switched_off` was not wanted by
    its reader. `deferred` waits for its reader's daily digest, `digested` was a line of one.
    `attempts` counts tries, `resends` how often a person asked for
    one more. `smtp_reply` is what the other side's mail server said last.
    """

    id: UUID
    event_id: UUID
    template: Annotated[str, Field(examples=["invites/portal_invited"])]
    recipient: str
    recipient_name: str
    contact_id: UUID | None
    user_id: UUID | None
    status: EmailStatus
    subject: Annotated[str | None, Field(description="Null until it was first sent.")]
    attempts: int
    resends: int
    smtp_reply: str | None
    message_id: str | None
    sent_at: datetime | None
    created_at: datetime


class EmailPreview(Out):
    """An e-mail as it looks. Where its link has a secret in it, `…` stands for the secret."""

    subject: str
    text: str
    html: str


class EventQuery(PageQuery):
    """Which events, in which order.

    To follow the log, ask for `sort=created_at&after={the last event's id you have}` again and
    again: oldest first, no event ever turns up before one that was already given out.
    """

    type: Annotated[str, Line(60)] | None = None
    contact_id: UUID | None = None
    after: Annotated[
        UUID | None, Field(description="Only events later than the one of this id.")
    ] = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class EventActor(Out):
    """Who did it: a person by user id, an integration by key id, or the system."""

    kind: ActorKind
    id: UUID | None


class EventOut(Out):
    """A fact in the past tense. `subject_id` is the thing it is about; `data` fits the type."""

    id: UUID
    type: Annotated[str, Field(examples=["portal.activated"])]
    actor: EventActor
    contact_id: UUID | None
    subject_id: UUID | None
    data: dict[str, JsonValue]
    created_at: datetime
