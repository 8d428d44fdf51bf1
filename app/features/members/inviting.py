"""Inviting people to the team, again if need be, and taking invitations back."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.invitations import check_writable
from app.access.principal import Principal
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict
from app.core.events import publish
from app.core.fields import normalise_email
from app.core.ids import new_id
from app.core.paging import Page, PageQuery, cut_page, decode_cursor
from app.core.tokens import TokenMint, digest
from app.features.members.emails import MEMBER_TOKEN
from app.features.members.events import MemberInvited, MemberInviteRevoked
from app.features.members.schemas import MemberInviteIn, MemberInviteOut
from app.models import MemberInvite
from app.repositories.member_invites import InviteCard, MemberInviteRepository
from app.repositories.members import MemberRepository

LIFETIME = timedelta(days=7)
ORDER = "oldest_first"


class AlreadyMember(Conflict):
    """The person is on this team already."""

    code, title = "already_member", "Already on the team"


class InvitePending(Conflict):
    """The address has a pending invitation: resend that one, or take it back first."""

    code, title = "member_invite_pending", "Already invited to the team"


async def invite_member(
    invites: MemberInviteRepository, body: MemberInviteIn, principal: Principal, mint: TokenMint
) -> MemberInviteOut:
    """Invite somebody; the mail is on its way.

    Raises AlreadyMember, InvitePending or Unsubscribed (409).
    """
    members = MemberRepository(invites.session, invites.workspace_id)
    address = normalise_email(body.email)
    if await members.has_address(address):
        raise AlreadyMember
    await check_writable(invites.session, invites.workspace_id, address)
    inviter = principal.member_id or (await members.owners())[0]
    invite = MemberInvite(
        id=new_id(), email_norm=address, generation=1, invited_by=inviter, **body.model_dump()
    )
    invites.add(_with_fresh_link(invite, invites.workspace_id, mint))
    await _keep(invites)
    await publish(invites.session, _invited(invite, principal))
    return invite_out(await invites.card(invite.id))


def _with_fresh_link(invite: MemberInvite, workspace_id: UUID, mint: TokenMint) -> MemberInvite:
    token = mint.derive(MEMBER_TOKEN, workspace_id, invite.id, invite.generation)
    invite.token_hash, invite.expires_at = digest(token), now() + LIFETIME
    return invite


async def _keep(invites: MemberInviteRepository) -> None:
    try:
        await invites.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "member_invites_workspace_id_email_norm_key":
            raise InvitePending from None
        raise


def _invited(invite: MemberInvite, principal: Principal) -> MemberInvited:
    return MemberInvited(
        workspace_id=invite.workspace_id,
        actor=principal.actor,
        subject_id=invite.id,
        email=invite.email,
        name=invite.name,
        role=invite.role,
        generation=invite.generation,
        expires_at=invite.expires_at,
    )


async def resend_invite(
    invites: MemberInviteRepository, invite_id: UUID, principal: Principal, mint: TokenMint
) -> MemberInviteOut:
    """Write to the invited person again; every earlier link dies.

    Raises NotFound for an invitation that has ended, and Unsubscribed (409).
    """
    invite = await invites.pending(invite_id)
    await check_writable(invites.session, invites.workspace_id, invite.email_norm)
    await invites.cancel_mail(invite.id)
    invite.generation += 1
    _with_fresh_link(invite, invites.workspace_id, mint)
    await invites.session.flush()
    await publish(invites.session, _invited(invite, principal))
    return invite_out(await invites.card(invite.id))


async def revoke_invite(
    invites: MemberInviteRepository, invite_id: UUID, principal: Principal
) -> None:
    """Take a pending invitation back: its link is dead at once. NotFound when it has ended."""
    invite = await invites.pending(invite_id)
    invite.state = "revoked"
    await invites.cancel_mail(invite.id)
    event = MemberInviteRevoked(
        workspace_id=invites.workspace_id,
        actor=principal.actor,
        subject_id=invite.id,
        email=invite.email,
    )
    await publish(invites.session, event)


async def list_invites(invites: MemberInviteRepository, query: PageQuery) -> Page[MemberInviteOut]:
    """A page of the pending invitations, expired ones included, oldest first."""
    cards = await invites.page(after=_position(query), limit=query.limit)
    page = cut_page(cards, limit=query.limit, sort=ORDER, key=lambda card: (card.id,))
    return Page[MemberInviteOut](
        data=[invite_out(card) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: PageQuery) -> UUID | None:
    if query.cursor is None:
        return None
    invite_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return invite_id


def invite_out(card: InviteCard) -> MemberInviteOut:
    """An invitation as the API gives it."""
    return MemberInviteOut(
        id=card.id,
        email=card.email,
        name=card.name,
        role=card.role,
        invited_by=card.invited_by,
        expires_at=card.expires_at,
        expired=card.expires_at <= now(),
        created_at=card.created_at,
    )
