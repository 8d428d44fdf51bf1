"""Letters that must not tell any longer what they were written about."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

WITHDRAW = text("""
UPDATE emails
SET status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END,
  context = jsonb_set(context, '{words}', '{"withdrawn": true}')
WHERE workspace_id = :workspace_id AND event_id = ANY(:event_ids)
""").bindparams(
    bindparam("workspace_id", type_=Uuid()), bindparam("event_ids", type_=ARRAY(Uuid()))
)


async def withdraw_letters(
    session: AsyncSession, workspace_id: UUID, event_ids: Sequence[UUID]
) -> None:
    """Cancel the unsent letters about these events, and take their words out of the outbox.

    What was sent stays in the reader's own mailbox; nobody can look it up or resend it here.
    """
    values = {"workspace_id": workspace_id, "event_ids": list(event_ids)}
    await session.execute(WITHDRAW, values)
