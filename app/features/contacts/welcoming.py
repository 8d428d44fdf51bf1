"""The create form's checkbox: a contact added and invited in one step, or not at all."""

from app.access.callers import MissingPermission
from app.access.invitations import Unsubscribed
from app.access.permissions import Permission, may
from app.access.principal import Principal
from app.core.tokens import TokenMint
from app.features.contacts.schemas import ContactIn
from app.features.contacts.service import create_contact
from app.features.invites.issuing import NoEmail, issue_invite
from app.repositories.contact_cards import ContactCard
from app.repositories.contacts import ContactRepository

INVITE_REFUSALS = (NoEmail, Unsubscribed)
"""Why somebody new can't be invited."""


async def add_contact(
    contacts: ContactRepository, body: ContactIn, principal: Principal, mint: TokenMint
) -> ContactCard:
    """Add a contact, and invite them to the portal if the body says so."""
    if not body.send_portal_invite:
        return await create_contact(contacts, body, principal)
    if not may(principal, Permission.INVITES_SEND):
        raise MissingPermission(f"This needs {Permission.INVITES_SEND}.")
    card = await create_contact(contacts, body, principal)
    contact = await contacts.require(card.id, lock=True)
    await issue_invite(contacts.session, contact, mint=mint, actor=principal.actor)
    return await contacts.card(card.id)
