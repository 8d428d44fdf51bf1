"""Coming into the portal: a new account, or the one the person has already."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.principal import Caller, Space
from app.access.runtime import Runtime
from app.access.sign_in import SignedInOut, open_session
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict, Invalid
from app.core.events import Actor, publish
from app.features.invites.events import PortalActivated
from app.features.invites.links import Link, valid_invite
from app.features.invites.schemas import AcceptIn
from app.models import Contact, PortalInvite, User
from app.repositories.portal_invites import PortalInviteRepository
from app.repositories.spaces import add_space
from app.repositories.users import add_user, user_by_id, user_with_email


class InviteEmailMismatch(Conflict):
    """Signed in with another address than the one that was invited."""

    code, title = "invite_email_mismatch", "This invite is for another e-mail address"


class SignInToAccept(Conflict):
    """The invited address has an account: sign in, then accept with the bearer token."""

    code, title = "account_exists", "You have an account already: sign in to accept"


class PasswordMissing(Invalid):
    """A new account needs a password."""

    code, title = "password_required", "Choose a password"


class AlreadyAClient(Conflict):
    """The person is a client of this practice through another contact."""

    code, title = "already_a_client", "You are a client of this practice already"


async def accept(
    runtime: Runtime, body: AcceptIn, caller: Caller | None, device: Device
) -> SignedInOut:
    """Accept an invitation and sign in to the practice's portal; one caller wins, once.

    The password is hashed between the look and the change, when no lock is held.
    """
    link = Link.read(body.token)
    password_hash = await _check(runtime, link, body, caller)
    async with runtime.database.writing(link.workspace_id) as session:
        invite, contact = await valid_invite(session, link)
        user = await _user(session, invite, body, caller, password_hash)
        await _consume(session, link)
        await _activate(session, contact, user, body)
        space = Space(workspace_id=link.workspace_id, role="client", contact_id=contact.id)
        return await open_session(session, runtime, user=user, space=space, device=device)


async def _check(
    runtime: Runtime, link: Link, body: AcceptIn, caller: Caller | None
) -> str | None:
    """Refuse what can be refused without changing anything; the new account's password hash."""
    async with runtime.database.reading(link.workspace_id) as session:
        invite, _ = await valid_invite(session, link)
        account = await user_with_email(session, invite.email_norm)
    if caller:
        _same_person(account, caller)
        return None
    if account:
        raise SignInToAccept
    if body.password is None:
        raise PasswordMissing
    return await runtime.passwords.hash(body.password)


def _same_person(account: User | None, caller: Caller) -> None:
    if account is None or account.id != caller.user_id:
        raise InviteEmailMismatch


async def _user(
    session: AsyncSession,
    invite: PortalInvite,
    body: AcceptIn,
    caller: Caller | None,
    password_hash: str | None,
) -> User:
    ...
