"""Contacts' rows as answers, made without validating again what the database holds."""

from datetime import datetime

from fastapi import Request, Response

from app.core.clock import now
from app.core.etags import etag, not_modified
from app.features.contacts.schemas import ContactOut, DeliveryOut, PortalOut
from app.repositories.contact_cards import CARD_FIELDS, ContactCard


def contact_out(card: ContactCard) -> ContactOut:
    """A contact as the API gives it."""
    shown = dict(zip(CARD_FIELDS, card, strict=False))  # the columns a card begins with
    shown["custom_fields"] = shown["custom_fields"] or {}
    return ContactOut.model_construct(**shown, portal=_portal(card))


def tagged(response: Response, card: ContactCard) -> ContactOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = contact_tag(card)
    return contact_out(card)


def tagged_or_known(
    request: Request, response: Response, card: ContactCard
) -> ContactOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    tag = response.headers["ETag"] = contact_tag(card)
    return not_modified(request, tag) or contact_out(card)


def contact_tag(card: ContactCard) -> str:
    """The entity tag; it changes, too, with what makes no new version.

    An invite that expires or a mail that arrives is no edit, but a page that shows it is stale.
    """
    moving = (
        card.custom_fields,
        card.last_active_at,
        card.invite_email_status,
        card.invite_email_reply,
        _expired(card, at=now()),
    )
    return etag(card.version, *moving)


def _portal(card: ContactCard) -> PortalOut:
    return PortalOut.model_construct(
        status=card.portal_status,
        invited_at=card.invited_at,
        invite_expires_at=card.invite_expires_at,
        invite_expired=_expired(card, at=now()),
        activated_at=card.activated_at,
        last_active_at=card.last_active_at,
        last_invite_delivery=_delivery(card),
    )


def _expired(card: ContactCard, *, at: datetime) -> bool:
    ends_at = card.invite_expires_at
    return card.portal_status == "pending" and ends_at is not None and bool(ends_at <= at)


def _delivery(card: ContactCard) -> DeliveryOut | None:
    """The invite's e-mail; until the dispatcher has planned it, it is on its way all the same."""
    if card.invite_event_id is None:
        return None
    return DeliveryOut.model_construct(
        status=card.invite_email_status or "queued", smtp_reply=card.invite_email_reply
    )
