"""Who somebody is in a practice they come to by themselves: a client, a contact, or nobody yet."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.database_errors import ConcurrentUpdate, violated_constraint
from app.core.errors import Conflict
from app.core.events import Actor, publish
from app.features.programs.eligibility import REFUSALS
from app.features.programs.sign_up_events import ContactSelfRegistered
from app.models import Contact, Program, SignUp, User
from app.repositories.contacts import ContactRepository
from app.repositories.portal_invites import PortalInviteRepository
from app.repositories.spaces import add_space, spaces_of


class OtherAccount(Conflict):
    """The practice knows the address as that of somebody whose account has another one now."""

    code, title = "address_of_another_client", "This address belongs to another client"


async def come_in(
    session: AsyncSession,
    user: User,
    kept: SignUp,
    program: Program,
    *,
    time_zone: str | None,
) -> Contact:
    """The person's contact, locked, and let into the portal if they were not yet.

    Raises AccessDisabled and OtherAccount (409), ConcurrentUpdate when they are just being added.
    """
    contacts = ContactRepository(session, program.workspace_id)
    client_id = await _as_client(session, user, program.workspace_id)
    if client_id is not None:
        return await contacts.require(client_id, lock=True)
    contact = await contacts.with_email(kept.email_norm)
    known = contact is not None
    if contact is None:
        contact = await _add(contacts, kept, time_zone=time_zone)
    await _let_in(session, contact, user)
    await publish(
        session,
        ContactSelfRegistered(
            workspace_id=contact.workspace_id,
            actor=Actor("client", user.id),
            contact_id=contact.id,
            subject_id=contact.id,
            program_name=program.name,
            known=known,
        ),
    )
    return contact


async def _as_client(session: AsyncSession, user: User, workspace_id: UUID) -> UUID | None:
    for space in await spaces_of(session, user.id):
        if space.workspace_id == workspace_id and space.role == "client":
            contact_id: UUID = space.contact_id
            return contact_id
    return None


async def _add(contacts: ContactRepository, kept: SignUp, *, time_zone: str | None) -> Contact:
    contact = contacts.add(
        Contact(
            first_name=kept.first_name,
            last_name=kept.last_name,
            email=kept.email,
            email_norm=kept.email_norm,
            time_zone=time_zone or kept.time_zone,
            source="program page",
        )
    )
    try:
        await contacts.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "contacts_workspace_id_email_norm_key":
            raise ConcurrentUpdate("Please try again.") from None
        raise
    return contact


async def _let_in(session: AsyncSession, contact: Contact, user: User) -> None:
    """Open the portal to a contact who has no account there; whoever was put aside is back."""
    if contact.portal_status == "disabled":
        raise REFUSALS["access_disabled"]
    if contact.user_id not in {None, user.id}:
        raise OtherAccount
    if contact.portal_status == "pending":
        invites = PortalInviteRepository(session, contact.workspace_id)
        await invites.end_pending([contact.id], state="accepted")
    contact.portal_status, contact.user_id = "active", user.id
    contact.activated_at = contact.last_active_at = now()
    contact.archived_at = None
    await session.flush()
    await add_space(
        session,
        user_id=user.id,
        workspace_id=contact.workspace_id,
        role="client",
        contact_id=contact.id,
    )
