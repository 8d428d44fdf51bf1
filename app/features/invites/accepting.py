"""Coming into the portal: a new account, or the one the person has already."""

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
from app.access.principal import Caller, Space
from app.access.runtime import Runtime
from app.access.sign_in import SignedInOut, open_session
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict
from app.core.events import Actor, publish
from app.features.invites.events import PortalActivated
from app.features.invites.issuing import PREFIX
from app.features.invites.links import valid_invite
from app.features.invites.schemas import AcceptIn
from app.models import Contact, User
from app.repositories.contacts import ContactRepository
from app.repositories.portal_invites import PortalInviteRepository
from app.repositories.spaces import add_space
from app.repositories.users import user_by_id


class AlreadyAClient(Conflict):
    """The person is a client of this practice through another contact."""

    code, title = "already_a_client", "You are a client of this practice already"


async def accept(
    runtime: Runtime, body: AcceptIn, caller: Caller | None, device: Device
) -> SignedInOut:
    """Accept an invitation and sign in to the practice's portal; of many at once, one wins.

    The password is hashed between the look and the change, when no lock is held.
    """
    link = Link.read(body.token, prefix=PREFIX)
    password_hash = await _check(runtime, link, body, caller)
    async with runtime.database.writing(link.workspace_id) as session:
        contact = await _consume(session, link)
        if caller:
            user = await user_by_id(session, caller.user_id)
        else:
            user = await _new_account(session, contact, body, password_hash)
        await _activate(session, contact, user, body)
        space = Space(workspace_id=link.workspace_id, role="client", contact_id=contact.id)
        return await open_session(session, runtime, user=user, space=space, device=device)


async def _check(runtime: Runtime, link: Link, body: AcceptIn, caller: Caller | None) -> str | None:
    """Refuse what can be refused without changing anything; a new account's password hash."""
    async with runtime.database.reading(link.workspace_id) as session:
        invite, _ = await valid_invite(session, link)
        await check_invited(session, invite.email_norm, caller)
    if caller:
        return None
    return await hash_chosen_password(runtime, body.password, email=invite.email_norm)


async def _consume(session: AsyncSession, link: Link) -> Contact:
    """Use the invitation up; whoever comes second is told what became of it."""
    contact_id = await PortalInviteRepository(session, link.workspace_id).consume(link.token_hash)
    if contact_id is None:
        await valid_invite(session, link)
        raise InviteExpired  # it was valid a moment ago
    return await ContactRepository(session, link.workspace_id).require(contact_id, lock=True)


async def _new_account(
    session: AsyncSession, contact: Contact, body: AcceptIn, password_hash: str | None
) -> User:
    """An account for the invited address; holding the mailed token proves the address."""
    first_name = body.first_name or contact.first_name
    last_name = contact.last_name if body.last_name is None else body.last_name
    return await open_account(
        session,
        email=str(contact.email),
        name=f"{first_name} {last_name}".strip(),
        password_hash=password_hash,
        time_zone=body.time_zone or contact.time_zone or "UTC",
    )


async def _activate(session: AsyncSession, contact: Contact, user: User, body: AcceptIn) -> None:
    """Open the portal to the contact; what they say of themselves replaces what was noted."""
    contact.portal_status, contact.user_id = "active", user.id
    contact.activated_at = contact.last_active_at = now()
    contact.first_name = body.first_name or contact.first_name
    contact.last_name = contact.last_name if body.last_name is None else body.last_name
    contact.time_zone = body.time_zone or contact.time_zone or user.time_zone
    await _open_space(session, contact, user)
    await publish(
        session,
        PortalActivated(
            workspace_id=contact.workspace_id,
            actor=Actor("client", user.id),
            contact_id=contact.id,
            subject_id=contact.id,
        ),
    )


async def _open_space(session: AsyncSession, contact: Contact, user: User) -> None:
    try:
        await add_space(
            session,
            user_id=user.id,
            workspace_id=contact.workspace_id,
            role="client",
            contact_id=contact.id,
        )
    except IntegrityError as error:
        if violated_constraint(error) == "spaces_pkey":
            raise AlreadyAClient from None
        raise
