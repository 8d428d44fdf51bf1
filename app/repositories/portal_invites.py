"""Portal invitations of a practice."""

from uuid import UUID

from sqlalchemy import bindparam, delete, select, text, update

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Contact, PortalInvite, Suppression
from app.repositories.base import Repository

REPLACE = text("""
WITH replaced AS (
  UPDATE portal_invites SET state = :state
  WHERE workspace_id = :workspace_id AND contact_id = ANY(:contact_ids) AND state = 'pending'
  RETURNING workspace_id, event_id
)
UPDATE emails SET status = 'cancelled' FROM replaced
WHERE emails.workspace_id = replaced.workspace_id AND emails.event_id = replaced.event_id
  AND emails.status = 'queued'
""")

FOUND = (
    select(PortalInvite, Contact)
    .join(
        Contact,
        (Contact.workspace_id == PortalInvite.workspace_id)
        & (Contact.id == PortalInvite.contact_id),
    )
    .where(
        PortalInvite.workspace_id == bindparam("workspace_id"),
        PortalInvite.token_hash == bindparam("token_hash"),
    )
)


class PortalInviteRepository(Repository[PortalInvite]):
    """One practice's portal invitations."""

    model = PortalInvite

    async def with_token(
        self, token_hash: bytes, *, refresh: bool = False
    ) -> tuple[PortalInvite, Contact] | None:
        """The invitation a mailed token stands for, and whom it invites.

        `refresh` replaces what this session may have read of them before.
        """
        result = await self.session.execute(
            FOUND,
            {"workspace_id": self.workspace_id, "token_hash": token_hash},
            execution_options={"populate_existing": refresh},
        )
        row = result.one_or_none()
        return (row[0], row[1]) if row else None

    async def latest_for(self, contact_id: UUID) -> PortalInvite:
        """The contact's newest invitation; NotFound without one."""
        invite = await self.session.scalar(
            self.query()
            .where(PortalInvite.contact_id == contact_id)
            .order_by(PortalInvite.id.desc())
            .limit(1)
        )
        if invite is None:
            raise NotFound
        return invite

    async def end_pending(self, contact_ids: list[UUID], *, state: str) -> None:
        """Mark pending invitations `replaced` or `revoked`; their unsent mails are cancelled."""
        await self.session.execute(
            REPLACE,
            {"workspace_id": self.workspace_id, "contact_ids": contact_ids, "state": state},
        )

    async def consume(self, token_hash: bytes) -> UUID | None:
        """Mark a valid pending invitation accepted; its contact's id.

        Of many callers at once, one gets the id and the others None.
        """
        contact_id: UUID | None = await self.session.scalar(
            update(PortalInvite)
            .where(
                PortalInvite.workspace_id == self.workspace_id,
                PortalInvite.token_hash == token_hash,
                PortalInvite.state == "pending",
                PortalInvite.expires_at > now(),
            )
            .values(state="accepted", accepted_at=now())
            .returning(PortalInvite.contact_id)
        )
        return contact_id

    async def suppression(self, email_norm: str) -> str | None:
        """Why mail to this address is held back; None when it isn't."""
        reason: str | None = await self.session.scalar(
            select(Suppression.reason).where(
                Suppression.workspace_id == self.workspace_id,
                Suppression.email_norm == email_norm,
            )
        )
        return reason

    async def lift_bounce(self, email_norm: str) -> None:
        """Give an address that bounced another chance."""
        await self.session.execute(
            delete(Suppression).where(
                Suppression.workspace_id == self.workspace_id,
                Suppression.email_norm == email_norm,
                Suppression.reason == "bounced",
            )
        )
