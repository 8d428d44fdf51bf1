"""Adding contacts and changing them."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.principal import Principal
from app.core.events import publish
from app.core.fields import changes, normalise_email
from app.core.ids import new_id
from app.features.contacts.custom_values import checked_values
from app.features.contacts.events import ContactCreated, ContactUpdated, about
from app.features.contacts.failures import UnknownCoach, refusal
from app.features.contacts.invites import withdraw_invite
from app.features.contacts.schemas import ContactChanges, ContactIn
from app.models import Contact
from app.models.contacts import tag_key
from app.repositories.contact_cards import WRITTEN, ContactCard
from app.repositories.contacts import ContactRepository


async def create_contact(
    contacts: ContactRepository, body: ContactIn, principal: Principal
) -> ContactCard:
    """Add a contact; it is its creator's unless the body names another coach.

    Raises ContactEmailTaken, ExternalIdTaken (409), UnknownCoach, and Invalid for custom values.
    """
    values = await _column_values(contacts, body, principal)
    event = ContactCreated(
        workspace_id=contacts.workspace_id,
        actor=principal.actor,
        contact_id=values["id"],
        subject_id=values["id"],
        source=body.source,
    )
    try:
        return await contacts.create(values, event)
    except IntegrityError as error:
        raise refusal(error) from None


async def _column_values(
    contacts: ContactRepository, body: ContactIn, principal: Principal
) -> dict[str, Any]:
    values = body.model_dump(include=set(WRITTEN))
    if body.coach_id not in {None, principal.member_id}:
        await _require_on_team(contacts, body.coach_id)
    return {
        **values,
        **_derived(values),
        "id": new_id(),
        "coach_id": body.coach_id or principal.member_id,
        "custom_fields": await checked_values(contacts, body.custom_fields, kept={}),
    }


async def _require_on_team(contacts: ContactRepository, member_id: UUID | None) -> None:
    """A member who left keeps the contacts they had, but gets no new ones."""
    if member_id is not None and not await contacts.is_on_team(member_id):
        raise UnknownCoach


def _derived(values: dict[str, Any]) -> dict[str, Any]:
    """The forms in which e-mail addresses and tags are compared."""
    derived: dict[str, Any] = {}
    if "email" in values:
        derived["email_norm"] = normalise_email(values["email"]) if values["email"] else None
    if "tags" in values:
        derived["tag_keys"] = [tag_key(tag) for tag in values["tags"]]
    return derived


async def change_contact(
    contacts: ContactRepository, contact: Contact, body: ContactChanges, principal: Principal
) -> ContactCard:
    """Give a contact, whose row is locked, other values; those it has already change nothing.

    Raises ContactEmailTaken, ExternalIdTaken (409), UnknownCoach, and Invalid for custom values.
    """
    values = changes(body)
    if "custom_fields" in values:
        values["custom_fields"] = await checked_values(
            contacts, values["custom_fields"], kept=contact.custom_fields
        )
    changed = {name: new for name, new in values.items() if getattr(contact, name) != new}
    if changed.get("coach_id"):
        await _require_on_team(contacts, changed["coach_id"])
    if changed:
        await _save(contacts, contact, changed, principal)
    return await contacts.card(contact.id)


async def _save(
    contacts: ContactRepository, contact: Contact, changed: dict[str, Any], principal: Principal
) -> None:
    derived = _derived(changed)
    moved = derived.get("email_norm", contact.email_norm) != contact.email_norm
    revoked = moved and await withdraw_invite(contacts.session, contact)
    for name, value in (changed | derived).items():
        setattr(contact, name, value)
    try:
        await contacts.session.flush()
    except IntegrityError as error:
        raise refusal(error) from None
    event = ContactUpdated(
        **about(contact, principal.actor), changed=tuple(changed), invite_revoked=revoked
    )
    await publish(contacts.session, event)
