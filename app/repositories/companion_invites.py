"""Portal invitations that travel in another letter, for any number of contacts at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pydantic_core
from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories.portal_invites import PortalInviteRepository

ADD = text("""
WITH input AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(cast(:invites AS jsonb)) AS i(
    id uuid, contact_id uuid, email_norm text, token_hash text, event_id uuid)
), lifted AS (
  DELETE FROM suppressions USING input
  WHERE suppressions.workspace_id = :workspace_id AND suppressions.reason = 'bounced'
    AND suppressions.email_norm = input.email_norm
), marked AS (
  UPDATE contacts SET portal_status = 'pending', invited_at = :invited_at,
    invite_expires_at = :expires_at, invite_event_id = input.event_id,
    version = version + 1, updated_at = :invited_at
  FROM input
  WHERE contacts.workspace_id = :workspace_id AND contacts.id = input.contact_id
)
INSERT INTO portal_invites
  (workspace_id, id, contact_id, email_norm, token_hash, expires_at, event_id)
SELECT :workspace_id, id, contact_id, email_norm, decode(token_hash, 'hex'), :expires_at, event_id
FROM input
""").bindparams(bindparam("workspace_id", type_=Uuid()))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionInvite:
    """An invitation without a letter of its own: `event_id` is the event whose letter carries it.

    `token_hash` is in hexadecimal.
    """

    id: UUID
    contact_id: UUID
    email_norm: str
    token_hash: str
    event_id: UUID


async def add_companion_invites(
    session: AsyncSession,
    workspace_id: UUID,
    invites: Sequence[CompanionInvite],
    *,
    invited_at: datetime,
    expires_at: datetime,
) -> None:
    """Keep invitations of contacts whose rows are locked; earlier ones die. Two statements.

    Addresses that bounced get another chance: somebody has just asked for this letter.
    """
    if not invites:
        return
    repository = PortalInviteRepository(session, workspace_id)
    await repository.end_pending([one.contact_id for one in invites], state="replaced")
    await session.execute(
        ADD,
        {
            "workspace_id": workspace_id,
            "invites": pydantic_core.to_json(invites).decode(),
            "invited_at": invited_at,
            "expires_at": expires_at,
        },
    )
