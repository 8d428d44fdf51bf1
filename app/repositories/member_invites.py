"""Invitations to a practice's team."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select, update

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Email, Event, Member, MemberInvite, User
from app.repositories.base import Repository

CARDS = (
    select(
        MemberInvite.id,
        MemberInvite.email,
        MemberInvite.name,
        MemberInvite.role,
        MemberInvite.expires_at,
        MemberInvite.created_at,
        User.name.label("invited_by"),
    )
    .join(
        Member,
        (Member.workspace_id == MemberInvite.workspace_id) & (Member.id == MemberInvite.invited_by),
    )
    .join(User, User.id == Member.user_id)
    .where(MemberInvite.workspace_id == bindparam("workspace_id"))
)

CARD = CARDS.where(MemberInvite.id == bindparam("invite_id"))

PAGE = (
    CARDS.where(MemberInvite.state == "pending", MemberInvite.id > bindparam("after"))
    .order_by(MemberInvite.id)
    .limit(bindparam("row_limit"))
)

FIRST = UUID(int=0)

InviteCard = Row[*tuple[Any, ...]]
"""id, email, name, role, expires_at, created_at, invited_by (a name)."""


class MemberInviteRepository(Repository[MemberInvite]):
    """One practice's invitations to its team."""

    model = MemberInvite

    async def page(self, *, after: UUID | None, limit: int) -> Sequence[InviteCard]:
        """Pending invitations, oldest first, after `after`; one more than `limit`."""
        result = await self.session.execute(
            PAGE,
            {"workspace_id": self.workspace_id, "after": after or FIRST, "row_limit": limit + 1},
        )
        cards: Sequence[InviteCard] = result.all()
        return cards

    async def card(self, invite_id: UUID) -> InviteCard:
        """One invitation that is there."""
        result = await self.session.execute(
            CARD, {"workspace_id": self.workspace_id, "invite_id": invite_id}
        )
        card: InviteCard = result.one()
        return card

    async def pending(self, invite_id: UUID) -> MemberInvite:
        """A pending invitation, expired or not, locked; NotFound for one that has ended."""
        statement = self.query().where(
            MemberInvite.id == invite_id, MemberInvite.state == "pending"
        )
        invite = await self.session.scalar(statement.with_for_update(key_share=True))
        if invite is None:
            raise NotFound
        return invite

    async def with_token(self, token_hash: bytes) -> MemberInvite | None:
        """The invitation a mailed token stands for, as it is now."""
        statement = self.query().where(MemberInvite.token_hash == token_hash)
        return await self.session.scalar(statement, execution_options={"populate_existing": True})

    async def consume(self, token_hash: bytes) -> MemberInvite | None:
        """Mark a valid pending invitation accepted.

        Of many callers at once, one gets it and the others None.
        """
        return await self.session.scalar(
            update(MemberInvite)
            .where(
                MemberInvite.workspace_id == self.workspace_id,
                MemberInvite.token_hash == token_hash,
                MemberInvite.state == "pending",
                MemberInvite.expires_at > now(),
            )
            .values(state="accepted")
            .returning(MemberInvite)
        )

    async def cancel_mail(self, invite_id: UUID) -> None:
        """Hold back what was written about an invitation and is not sent yet."""
        written_for = select(Event.id).where(
            Event.workspace_id == self.workspace_id,
            Event.type == "member.invited",
            Event.subject_id == invite_id,
        )
        await self.session.execute(
            update(Email)
            .where(
                Email.workspace_id == self.workspace_id,
                Email.event_id.in_(written_for),
                Email.status == "queued",
            )
            .values(status="cancelled")
            .execution_options(synchronize_session=False)
        )
