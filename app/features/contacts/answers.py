"""Contacts' rows as answers, made without validating again what the database holds."""

from datetime import datetime

from app.core.clock import now
from app.features.contacts.schemas import ContactOut, DeliveryOut, PortalOut
from app.repositories.contacts import CARD_FIELDS, ContactCard


def contact_out(card: ContactCard) -> ContactOut:
    """A contact as the API gives it."""
    plain = {name: getattr(card, name) for name in CARD_FIELDS}
    return ContactOut.model_construct(**plain, portal=_portal(card, at=now()))


def _portal(card: ContactCard, *, at: datetime) -> PortalOut:
    pending = card.portal_status == "pending"
    return PortalOut.model_construct(
        status=card.portal_status,
        invited_at=card.invited_at,
        invite_expires_at=card.invite_expires_at,
        invite_expired=pending and card.invite_expires_at <= at,
        activated_at=card.activated_at,
        last_active_at=card.last_active_at,
        last_invite_delivery=_delivery(card),
    )


def _delivery(card: ContactCard) -> DeliveryOut | None:
    """The invite's e-mail; until the dispatcher has planned it, it is on its way all the same."""
    if card.invite_event_id is None:
        return None
    return DeliveryOut.model_construct(
        status=card.invite_email_status or "queued", smtp_reply=card.invite_email_reply
    )
