"""Joining the team: with a new account, or the one the person has already."""

from typing import cast

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.invitations import (
    InviteExpired,
    Link,
    check_invited,
    hash_chosen_password,
    open_account,
)
from app.access.principal import Caller, Role, Space
from app.access.runtime import Runtime
from app.access.sign_in import SignedInOut, open_session
from app.core.database_errors import violated_constraint
from app.core.errors import Invalid
from app.core.events import Actor, publish
from app.features.members.emails import MEMBER_TOKEN
from app.features.members.events import MemberJoined
from app.features.members.inviting import AlreadyMember
from app.features.members.links import valid_invite
from app.features.members.schemas import MemberInviteAcceptIn
from app.models import Member, MemberInvite, User
from app.repositories.member_invites import MemberInviteRepository
from app.repositories.members import MemberRepository
from app.repositories.spaces import add_space
from app.repositories.users import user_by_id
from app.repositories.workspaces import WorkspaceRepository

PLACES = frozenset({"members_workspace_id_user_id_key", "spaces_pkey"})


class NameMissing(Invalid):
    """A new account needs a name, and the invitation has none."""

    code, title = "name_required", "Say your name"


async def accept(
    runtime: Runtime, body: MemberInviteAcceptIn, caller: Caller | None, device: Device
) -> SignedInOut:
    """Accept an invitation and sign in to the practice; of many at once, one wins.

    The password is hashed between the look and the change, when no lock is held.
    """
    link = Link.read(body.token, prefix=MEMBER_TOKEN)
    password_hash = await _check(runtime, link, body, caller)
    async with runtime.database.writing(link.workspace_id) as session:
        invite = await _consume(session, link)
        if caller:
            user = await user_by_id(session, caller.user_id)
        else:
            user = await _new_account(session, invite, body, password_hash)
        member = await _join(session, invite, user)
        role = cast("Role", member.role)
        space = Space(workspace_id=link.workspace_id, role=role, member_id=member.id)
        return await open_session(session, runtime, user=user, space=space, device=device)


async def _check(
    runtime: Runtime, link: Link, body: MemberInviteAcceptIn, caller: Caller | None
) -> str | None:
    """Refuse what can be refused without changing anything; a new account's password hash."""
    async with runtime.database.reading(link.workspace_id) as session:
        invite = await valid_invite(session, link)
        await check_invited(session, invite.email_norm, caller)
    if caller:
        return None
    if not (body.name or invite.name):
        raise NameMissing
    return await hash_chosen_password(runtime, body.password, email=invite.email_norm)


async def _consume(session: AsyncSession, link: Link) -> MemberInvite:
    """Use the invitation up; whoever comes second is told what became of it."""
    invite = await MemberInviteRepository(session, link.workspace_id).consume(link.token_hash)
    if invite is None:
        await valid_invite(session, link)
        raise InviteExpired  # it was valid a moment ago
    return invite


async def _new_account(
    session: AsyncSession,
    invite: MemberInvite,
    body: MemberInviteAcceptIn,
    password_hash: str | None,
) -> User:
    workspace = await WorkspaceRepository(session, invite.workspace_id).require()
    return await open_account(
        session,
        email=invite.email,
        name=body.name or invite.name or "",
        password_hash=password_hash,
        time_zone=body.time_zone or workspace.time_zone,
        locale=workspace.locale,
    )


async def _join(session: AsyncSession, invite: MemberInvite, user: User) -> Member:
    """Give the person their place on the team; raises AlreadyMember (409)."""
    members = MemberRepository(session, invite.workspace_id)
    member = members.add(Member(user_id=user.id, role=invite.role))
    try:
        await session.flush()
        await add_space(
            session,
            user_id=user.id,
            workspace_id=invite.workspace_id,
            role=invite.role,
            member_id=member.id,
        )
    except IntegrityError as error:
        if violated_constraint(error) in PLACES:
            raise AlreadyMember from None
        raise
    await publish(session, _joined(member, user))
    return member


def _joined(member: Member, user: User) -> MemberJoined:
    return MemberJoined(
        workspace_id=member.workspace_id,
        actor=Actor("member", user.id),
        subject_id=member.id,
        member_id=member.id,
        name=user.name,
    )
