"""The practice's team."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, func, select, update

from app.core.errors import NotFound
from app.models import Contact, Member, User, Workspace
from app.repositories.base import Repository

CARDS = (
    select(
        Member.id,
        Member.user_id,
        User.name,
        User.email,
        Member.role,
        Member.created_at.label("joined_at"),
        Member.removed_at,
    )
    .join(User, User.id == Member.user_id)
    .where(Member.workspace_id == bindparam("workspace_id"))
)

CARD = CARDS.where(Member.id == bindparam("member_id"))

PRESENT = Member.removed_at.is_(None)

PAGES = {
    status: CARDS.where(which, Member.id > bindparam("after"))
    .order_by(Member.id)
    .limit(bindparam("row_limit"))
    for status, which in {"active": PRESENT, "removed": ~PRESENT}.items()
}

FIRST = UUID(int=0)

MemberCard = Row[*tuple[Any, ...]]
"""id, user_id, name, email, role, joined_at, removed_at."""


class MemberRepository(Repository[Member]):
    """One practice's team, those who left included."""

    model = Member

    async def page(self, status: str, *, after: UUID | None, limit: int) -> Sequence[MemberCard]:
        """The `active` or the `removed`, oldest first, after `after`; one more than `limit`."""
        result = await self.session.execute(
            PAGES[status],
            {"workspace_id": self.workspace_id, "after": after or FIRST, "row_limit": limit + 1},
        )
        cards: Sequence[MemberCard] = result.all()
        return cards

    async def card(self, member_id: UUID) -> MemberCard:
        """One member, present or not; NotFound for a stranger's."""
        result = await self.session.execute(
            CARD, {"workspace_id": self.workspace_id, "member_id": member_id}
        )
        card: MemberCard | None = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def lock_team(self) -> None:
        """Have other changes of the team wait until this transaction ends."""
        await self.session.execute(
            select(Workspace.workspace_id)
            .where(Workspace.workspace_id == self.workspace_id)
            .with_for_update(key_share=True)
        )

    async def present(self, member_id: UUID) -> Member:
        """A member who has not left; NotFound otherwise."""
        member = await self.session.scalar(self.query().where(Member.id == member_id, PRESENT))
        if member is None:
            raise NotFound
        return member

    async def owners(self) -> Sequence[UUID]:
        """The present owners, oldest first."""
        owners = await self.session.scalars(
            select(Member.id)
            .where(Member.workspace_id == self.workspace_id, Member.role == "owner", PRESENT)
            .order_by(Member.id)
        )
        return owners.all()

    async def has_address(self, email_norm: str) -> bool:
        """Whether somebody with this address is on the team now."""
        found = exists().where(
            Member.workspace_id == self.workspace_id,
            PRESENT,
            User.id == Member.user_id,
            User.email_norm == email_norm,
        )
        return bool(await self.session.scalar(select(found)))

    async def hand_over(self, leaver: UUID, *, heir: UUID) -> int:
        """Give a member's contacts to another; how many there were."""
        result = await self.session.execute(
            update(Contact)
            .where(Contact.workspace_id == self.workspace_id, Contact.coach_id == leaver)
            .values(coach_id=heir, version=Contact.version + 1, updated_at=func.now())
            .returning(Contact.id)
            .execution_options(synchronize_session=False)
        )
        return len(result.all())
