"""Who is on the team, what they may do, and how they leave."""

from uuid import UUID

from app.access.callers import MissingPermission
from app.access.doorkeeper import Doorkeeper
from app.access.permissions import Permission, may
from app.access.principal import Principal
from app.core.clock import now
from app.core.db import after_commit
from app.core.errors import Conflict
from app.core.events import publish
from app.core.paging import Page, cut_page, decode_cursor
from app.features.members.events import MemberRemoved, MemberRoleChanged
from app.features.members.schemas import MemberChanges, MemberOut, MemberQuery
from app.models import Member
from app.repositories.members import MemberCard, MemberRepository
from app.repositories.spaces import change_member_role, close_space

OWNER = "owner"


class LastOwner(Conflict):
    """A practice keeps at least one owner: make somebody else one first."""

    code, title = "last_owner", "A practice needs an owner"


async def list_members(members: MemberRepository, query: MemberQuery) -> Page[MemberOut]:
    """A page of the team, oldest first."""
    cards = await members.page(query.status, after=_position(query), limit=query.limit)
    page = cut_page(cards, limit=query.limit, sort=query.status, key=lambda card: (card.id,))
    return Page[MemberOut](
        data=[member_out(card) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: MemberQuery) -> UUID | None:
    if query.cursor is None:
        return None
    member_id: UUID = decode_cursor(query.cursor, sort=query.status, shape=tuple[UUID])[0]
    return member_id


def member_out(card: MemberCard) -> MemberOut:
    """A member as the API gives them."""
    left = card.removed_at is not None
    return MemberOut(
        id=card.id,
        user_id=card.user_id,
        name=card.name,
        email=None if left else card.email,
        role=card.role,
        status="removed" if left else "active",
        joined_at=card.joined_at,
        removed_at=card.removed_at,
    )


async def change_role(
    members: MemberRepository,
    member_id: UUID,
    body: MemberChanges,
    principal: Principal,
    doorkeeper: Doorkeeper,
) -> MemberOut:
    """Give a member another role; tokens with the old one stop working at once.

    Raises NotFound for who is not on the team, and LastOwner (409).
    """
    await members.lock_team()
    member = await members.present(member_id)
    if member.role != body.role:
        await _keep_an_owner(members, member)
        await _check_authority(members, principal)
        await _change_role(members, member, body.role, principal)
        user_id = member.user_id
        after_commit(members.session, lambda: doorkeeper.forget(user_id))
    return member_out(await members.card(member_id))


async def _keep_an_owner(members: MemberRepository, member: Member) -> None:
    if await members.owners() == [member.id]:
        raise LastOwner


async def _check_authority(members: MemberRepository, principal: Principal) -> None:
    """Ask again now that the team is locked: the caller may have lost the role meanwhile."""
    if principal.member_id and principal.member_id not in await members.owners():
        raise MissingPermission(f"This needs {Permission.MEMBERS_WRITE}.")


async def _change_role(
    members: MemberRepository, member: Member, role: str, principal: Principal
) -> None:
    old_role, member.role = member.role, role
    await members.session.flush()
    await change_member_role(
        members.session, user_id=member.user_id, workspace_id=member.workspace_id, role=role
    )
    event = MemberRoleChanged(
        workspace_id=members.workspace_id,
        actor=principal.actor,
        subject_id=member.id,
        member_id=member.id,
        name=(await members.card(member.id)).name,
        old_role=old_role,
        role=role,
    )
    await publish(members.session, event)


async def remove_member(
    members: MemberRepository, member_id: UUID, principal: Principal, doorkeeper: Doorkeeper
) -> None:
    """Let a member go, or leave oneself; their contacts go to the oldest owner.

    Their sessions in this practice end; their account, and other practices, stay theirs.
    Raises MissingPermission, NotFound for who is not on the team, and LastOwner (409).
    """
    leaving = member_id == principal.member_id
    if not leaving and not may(principal, Permission.MEMBERS_WRITE):
        raise MissingPermission(f"This needs {Permission.MEMBERS_WRITE}.")
    await members.lock_team()
    member = await members.present(member_id)
    await _keep_an_owner(members, member)
    if not leaving:
        await _check_authority(members, principal)
    await _remove(members, member, principal)
    user_id = member.user_id
    after_commit(members.session, lambda: doorkeeper.forget(user_id))


async def _remove(members: MemberRepository, member: Member, principal: Principal) -> None:
    member.removed_at = now()
    await members.session.flush()
    heir = (await members.owners())[0]
    contacts = await members.hand_over(member.id, heir=heir)
    await close_space(
        members.session,
        user_id=member.user_id,
        workspace_id=member.workspace_id,
        side="member",
    )
    event = MemberRemoved(
        workspace_id=members.workspace_id,
        actor=principal.actor,
        subject_id=member.id,
        member_id=member.id,
        name=(await members.card(member.id)).name,
        role=member.role,
        contacts=contacts,
        new_coach_id=heir,
    )
    await publish(members.session, event)
