"""Putting contacts aside, taking them up again, and letting them go."""

from app.access.doorkeeper import Doorkeeper
from app.access.principal import Principal
from app.core.clock import now
from app.core.db import after_commit
from app.core.events import publish
from app.features.contacts.events import (
    ContactArchived,
    ContactDeleted,
    ContactUnarchived,
    about,
)
from app.features.contacts.failures import ContactInUse
from app.features.contacts.invites import withdraw_invite
from app.models import Contact
from app.repositories.contact_cards import ContactCard
from app.repositories.contact_holds import holds_on
from app.repositories.contacts import ContactRepository
from app.repositories.spaces import close_space


async def archive_contact(
    contacts: ContactRepository, contact: Contact, principal: Principal
) -> ContactCard:
    """Put a contact aside: out of the lists, no mail; a pending invite is taken back.

    A client who is in the portal already stays there until their access is disabled.
    """
    if contact.archived_at is None:
        contact.archived_at = now()
        revoked = await withdraw_invite(contacts.session, contact)
        await contacts.session.flush()
        await publish(
            contacts.session,
            ContactArchived(**about(contact, principal.actor), invite_revoked=revoked),
        )
    return await contacts.card(contact.id)


async def unarchive_contact(
    contacts: ContactRepository, contact: Contact, principal: Principal
) -> ContactCard:
    """Take a contact up again; an invite that was taken back has to be sent anew."""
    if contact.archived_at is not None:
        contact.archived_at = None
        await contacts.session.flush()
        await publish(contacts.session, ContactUnarchived(**about(contact, principal.actor)))
    return await contacts.card(contact.id)


async def delete_contact(
    contacts: ContactRepository, contact: Contact, principal: Principal, doorkeeper: Doorkeeper
) -> None:
    """Remove a contact and what is about them only; a client's access to this practice ends.

    Their account stays theirs: they may be clients elsewhere. Raises ContactInUse (409).
    """
    held_by = await holds_on(contacts.session, contact)
    if held_by:
        raise ContactInUse(held_by)
    await withdraw_invite(contacts.session, contact)
    await _close_portal(contacts, contact, doorkeeper)
    await contacts.delete(contact)
    name = f"{contact.first_name} {contact.last_name}".rstrip()
    await publish(contacts.session, ContactDeleted(**about(contact, principal.actor), name=name))


async def _close_portal(
    contacts: ContactRepository, contact: Contact, doorkeeper: Doorkeeper
) -> None:
    user_id = contact.user_id
    if user_id is None:
        return
    await close_space(
        contacts.session, user_id=user_id, workspace_id=contact.workspace_id, side="client"
    )
    after_commit(contacts.session, lambda: doorkeeper.forget(user_id))
