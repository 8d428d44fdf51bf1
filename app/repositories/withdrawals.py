"""Letters and notifications that must not tell any longer what they were written about."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

WITHDRAW = text("""
UPDATE emails
SET status = CASE WHEN status IN ('queued', 'deferred') THEN 'cancelled' ELSE status END,
  context = jsonb_set(context, '{words}', '{"withdrawn": true}')
WHERE workspace_id = :workspace_id AND event_id = ANY(:event_ids)
  AND template <> 'preferences/daily_digest'
RETURNING context ->> 'digest'
""").bindparams(
    bindparam("workspace_id", type_=Uuid()), bindparam("event_ids", type_=ARRAY(Uuid()))
)

STRIKE = text("""
UPDATE emails
SET context = jsonb_set(context, '{words,lines}', left_over.lines),
  status = CASE WHEN status = 'queued' AND left_over.lines = '[]' THEN 'cancelled' ELSE status END
FROM (
  SELECT id, (
    SELECT coalesce(jsonb_agg(line), '[]')
    FROM jsonb_array_elements(context #> '{words,lines}') AS line
    WHERE (line ->> 'event_id')::uuid <> ALL(:event_ids)) AS lines
  FROM emails WHERE workspace_id = :workspace_id AND id = ANY(:digests)
) AS left_over
WHERE emails.workspace_id = :workspace_id AND emails.id = left_over.id
""").bindparams(
    bindparam("workspace_id", type_=Uuid()),
    bindparam("event_ids", type_=ARRAY(Uuid())),
    bindparam("digests", type_=ARRAY(Uuid())),
)
"""The digests' lines about the same."""

FORGET = text("""
DELETE FROM notifications WHERE workspace_id = :workspace_id AND event_id = ANY(:event_ids)
""").bindparams(
    bindparam("workspace_id", type_=Uuid()), bindparam("event_ids", type_=ARRAY(Uuid()))
)


async def withdraw_letters(
    session: AsyncSession, workspace_id: UUID, event_ids: Sequence[UUID]
) -> None:
    """Cancel the unsent letters about these events, and take their words out of the outbox.

    So with their lines in digests, and nobody is told of them in the app any longer either. What
    was sent stays in the reader's own
    mailbox; nobody can look it up or resend it here.
    """
    values = {"workspace_id": workspace_id, "event_ids": list(event_ids)}
    found = await session.scalars(WITHDRAW, values)
    digests = {UUID(digest) for digest in found if digest}
    await session.execute(FORGET, values)
    if digests:
        await session.execute(STRIKE, {**values, "digests": list(digests)})
