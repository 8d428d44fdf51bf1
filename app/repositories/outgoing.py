"""Letters on their way out: adding them to the outbox, and writing down how sending them went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import pydantic_core
from sqlalchemy import ARRAY, RowMapping, Text, Uuid, any_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.core.jobs import NewJob
from app.models import PortalInvite, Suppression

SEND_EMAIL = "email"
"""Kind of the job that sends one letter of the outbox."""

ADD = text("""
INSERT INTO emails (workspace_id, id, event_id, template, recipient, recipient_name,
  contact_id, user_id, context, status)
SELECT :workspace_id, id, event_id, template, recipient, recipient_name,
  contact_id, user_id, context, status
FROM jsonb_to_recordset(cast(:letters AS jsonb)) AS letter(
  id uuid, event_id uuid, template text, recipient text, recipient_name text,
  contact_id uuid, user_id uuid, context jsonb, status text)
ON CONFLICT (workspace_id, event_id, template, recipient) DO NOTHING
RETURNING id
""").bindparams(bindparam("workspace_id", type_=Uuid()))

RECORD = text("""
UPDATE emails
SET status = sending.status,
  attempts = emails.attempts + sending.used,
  smtp_reply = sending.reply,
  subject = coalesce(sending.subject, emails.subject),
  message_id = coalesce(sending.message_id, emails.message_id),
  sent_at = coalesce(sending.sent_at, emails.sent_at)
FROM jsonb_to_recordset(cast(:sendings AS jsonb)) AS sending(
  id uuid, status text, used int, reply text, subject text, message_id text, sent_at timestamptz)
WHERE emails.workspace_id = :workspace_id AND emails.id = sending.id
  AND emails.status = 'queued'
RETURNING emails.id, emails.status, emails.template, emails.recipient, emails.recipient_name,
  emails.contact_id, emails.subject, emails.smtp_reply
""").bindparams(bindparam("workspace_id", type_=Uuid()))

SUPPRESS = text("""
INSERT INTO suppressions (workspace_id, id, email_norm, reason, detail)
SELECT :workspace_id, id, email_norm, 'bounced', detail
FROM jsonb_to_recordset(cast(:bounces AS jsonb)) AS bounce(id uuid, email_norm text, detail text)
ON CONFLICT (workspace_id, email_norm) DO NOTHING
""").bindparams(bindparam("workspace_id", type_=Uuid()))

SUPPRESSED = select(Suppression.email_norm).where(
    Suppression.workspace_id == bindparam("workspace_id"),
    Suppression.email_norm == any_(bindparam("addresses", type_=ARRAY(Text()))),
)


Recorded = RowMapping
"""A letter as `RECORD` answers it."""


ENDED_INVITES = select(PortalInvite.id).where(
    PortalInvite.workspace_id == bindparam("workspace_id"),
    PortalInvite.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
    PortalInvite.state != "pending",
)


NewStatus = Literal["queued", "suppressed", "cancelled", "switched_off", "deferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A row for the outbox; `context` is what its template and its envelope need, as JSON."""

    id: UUID
    event_id: UUID
    template: str
    recipient: str
    recipient_name: str
    contact_id: UUID | None
    user_id: UUID | None
    context: dict[str, Any]
    status: NewStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How one try to send a letter went. `used` is 1 where the try counts as an attempt."""

    id: UUID
    status: Literal["queued", "sent", "failed", "bounced", "cancelled"]
    used: int = 0
    reply: str | None = None
    subject: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None


async def suppressed_among(
    session: AsyncSession, workspace_id: UUID, addresses: Collection[str]
) -> frozenset[str]:
    """Those of these normalised addresses that the practice's letters no longer go to."""
    values = {"workspace_id": workspace_id, "addresses": list(addresses)}
    return frozenset((await session.scalars(SUPPRESSED, values)).all())


async def ended_invites(
    session: AsyncSession, workspace_id: UUID, ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of these portal invitations whose links were replaced or taken back meanwhile."""
    values = {"workspace_id": workspace_id, "ids": list(ids)}
    return frozenset((await session.scalars(ENDED_INVITES, values)).all()) if ids else frozenset()


async def add_letters(
    session: AsyncSession, workspace_id: UUID, letters: Sequence[NewLetter]
) -> set[UUID]:
    """Add letters to the outbox; the ids of those that were not there yet. One statement."""
    values = {"workspace_id": workspace_id, "letters": _json(letters)}
    return set((await session.scalars(ADD, values)).all())


def sending_job(
    workspace_id: UUID, email_id: UUID, *, lane: int, expires_at: datetime | None = None
) -> NewJob:
    """The work of sending one letter; after `expires_at` nobody needs it any more."""
    return NewJob(
        kind=SEND_EMAIL,
        payload={"workspace_id": workspace_id, "email_id": email_id},
        lane=lane,
        expires_at=expires_at,
    )


async def record_sendings(
    session: AsyncSession, workspace_id: UUID, sendings: Sequence[Sending]
) -> Sequence[Recorded]:
    """Write down how sending went; the rows that changed. One statement.

    A letter that is no longer queued is left as it is.
    """
    values = {"workspace_id": workspace_id, "sendings": _json(sendings)}
    return (await session.execute(RECORD, values)).mappings().all()


async def suppress(
    session: AsyncSession, workspace_id: UUID, bounces: Sequence[tuple[str, str | None]]
) -> None:
    """Write no more to these normalised addresses, for what their servers said. One statement."""
    rows = [{"id": new_id(), "email_norm": email, "detail": reply} for email, reply in bounces]
    await session.execute(SUPPRESS, {"workspace_id": workspace_id, "bounces": _json(rows)})


def _json(rows: Sequence[object]) -> str:
    return pydantic_core.to_json(rows).decode()
