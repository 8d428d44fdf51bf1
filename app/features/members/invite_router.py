"""Invitations to the practice's team."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.access.invitations import Unsubscribed
from app.access.runtime import RuntimeInApp
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page, PageQuery
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.members import inviting
from app.features.members.callers import Invites, Owner
from app.features.members.inviting import AlreadyMember, InvitePending
from app.features.members.limits import invites_limited
from app.features.members.schemas import MemberInviteIn, MemberInviteOut

router = api_router("/v1/members/invites", "members")

SENDING = [IdempotencyRequired, Depends(invites_limited)]


@router.get("")
async def list_member_invites(
    query: Annotated[PageQuery, Query()], invites: Invites
) -> Page[MemberInviteOut]:
    """Invitations nobody has accepted yet, oldest first."""
    return await inviting.list_invites(invites, query)


@router.post(
    "",
    status_code=201,
    dependencies=SENDING,
    responses=problems(AlreadyMember, InvitePending, Unsubscribed),
)
async def invite_member(
    body: MemberInviteIn, owner: Owner, invites: Invites, runtime: RuntimeInApp
) -> MemberInviteOut:
    """Ask somebody by mail to join the team; the link works for seven days."""
    return await inviting.invite_member(invites, body, owner, runtime.mint)


@router.post("/{invite_id}/resend", dependencies=SENDING, responses=problems(Unsubscribed))
async def resend_member_invite(
    invite_id: UUID, owner: Owner, invites: Invites, runtime: RuntimeInApp
) -> MemberInviteOut:
    """Write again, with a fresh link for seven days; every earlier link dies."""
    return await inviting.resend_invite(invites, invite_id, owner, runtime.mint)


@router.delete("/{invite_id}", status_code=204)
async def revoke_member_invite(invite_id: UUID, owner: Owner, invites: Invites) -> None:
    """Take an invitation back: its link is dead at once."""
    await inviting.revoke_invite(invites, invite_id, owner)
