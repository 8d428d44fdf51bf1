"""Sign-ups on programs' public pages, until their addresses are confirmed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.models import Program, SignUp
from app.repositories.base import Repository

KEPT = timedelta(days=30)
"""How long after its link has died a sign-up is remembered, to tell what became of it."""

REPLACE = text("""
WITH replaced AS (
  UPDATE sign_ups SET state = 'replaced'
  WHERE workspace_id = :workspace_id AND program_id = :program_id AND email_norm = :email_norm
    AND state = 'pending'
  RETURNING workspace_id, event_id
)
UPDATE emails SET status = 'cancelled' FROM replaced
WHERE emails.workspace_id = replaced.workspace_id AND emails.event_id = replaced.event_id
  AND emails.status = 'queued'
""").bindparams(bindparam("workspace_id", type_=Uuid()), bindparam("program_id", type_=Uuid()))

FOUND = (
    select(SignUp, Program)
    .join(
        Program,
        (Program.workspace_id == SignUp.workspace_id) & (Program.id == SignUp.program_id),
    )
    .where(
        SignUp.workspace_id == bindparam("workspace_id"),
        SignUp.token_hash == bindparam("token_hash"),
    )
)

ENDED = select(SignUp.id).where(
    SignUp.workspace_id == bindparam("workspace_id"),
    SignUp.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
    SignUp.state != "pending",
)

FORGET = text("""
WITH gone AS (
  DELETE FROM sign_ups WHERE workspace_id = :workspace_id AND expires_at < :before
  RETURNING event_id, state
), letters AS (
  DELETE FROM emails USING gone
  WHERE emails.workspace_id = :workspace_id AND emails.event_id = gone.event_id
    AND gone.state <> 'confirmed'
)
DELETE FROM events USING gone
WHERE events.workspace_id = :workspace_id AND events.id = gone.event_id
  AND gone.state <> 'confirmed'
""").bindparams(bindparam("workspace_id", type_=Uuid()))


class SignUpRepository(Repository[SignUp]):
    """One practice's sign-ups."""

    model: ClassVar = SignUp

    async def replace_pending(self, program_id: UUID, email_norm: str) -> None:
        """End this address's unconfirmed sign-up to the program, and its unsent mail."""
        values = {"program_id": program_id, "email_norm": email_norm}
        await self.session.execute(REPLACE, {"workspace_id": self.workspace_id, **values})

    async def with_token(self, token_hash: bytes) -> tuple[SignUp, Program] | None:
        """The sign-up a mailed token stands for, as it is now, and its program."""
        result = await self.session.execute(
            FOUND,
            {"workspace_id": self.workspace_id, "token_hash": token_hash},
            execution_options={"populate_existing": True},
        )
        row = result.one_or_none()
        return (row[0], row[1]) if row else None

    async def consume(self, token_hash: bytes) -> bool:
        """Mark a valid pending sign-up confirmed; of many callers at once, one gets True."""
        confirmed = await self.session.scalar(
            update(SignUp)
            .where(
                SignUp.workspace_id == self.workspace_id,
                SignUp.token_hash == token_hash,
                SignUp.state == "pending",
                SignUp.expires_at > now(),
            )
            .values(state="confirmed")
            .returning(SignUp.id)
            .execution_options(synchronize_session=False)
        )
        return confirmed is not None


async def ended_sign_ups(
    session: AsyncSession, workspace_id: UUID, ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of these sign-ups whose links have been used or replaced meanwhile."""
    if not ids:
        return frozenset()
    values = {"workspace_id": workspace_id, "ids": list(ids)}
    return frozenset((await session.scalars(ENDED, values)).all())


async def practices_with_old_sign_ups(session: AsyncSession, at: datetime) -> Sequence[UUID]:
    """Where there is something to forget; only without row-level security."""
    old = select(SignUp.workspace_id).where(SignUp.expires_at < at - KEPT)
    return (await session.scalars(old.group_by(SignUp.workspace_id))).all()


async def forget_sign_ups(session: AsyncSession, workspace_id: UUID, at: datetime) -> None:
    """Delete sign-ups that are long over; of people who never confirmed nothing is left at all."""
    await session.execute(FORGET, {"workspace_id": workspace_id, "before": at - KEPT})
