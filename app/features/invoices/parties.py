"""Who sells and who buys, written down for ever when an invoice is finalized."""

from typing import Any

from babel.core import get_global

from app.models import Contact, Workspace
from app.models.invoice_settings import invoice_settings


def seller_of(workspace: Workspace) -> dict[str, Any]:
    """The practice as its invoice names it, and the looks the invoice wears."""
    settings = invoice_settings(workspace)
    return {
        "name": settings["seller_name"],
        "address": settings["seller_address"],
        "country": settings["seller_country"] or _country_of_zone(workspace.time_zone),
        "tax_id": settings["tax_id"],
        "email": workspace.email_reply_to,
        "bank_details": settings["bank_details"],
        "footer": settings["footer"],
        "practice": workspace.name,
        "accent_color": workspace.accent_color,
        "logo_file_id": str(workspace.logo_file_id) if workspace.logo_file_id else None,
        "portal_url": workspace.portal_url,
        "locale": workspace.locale,
    }


def _country_of_zone(time_zone: str) -> str | None:
    territory: str | None = get_global("zone_territories").get(time_zone)
    return territory


def buyer_of(
    contact: Contact, given: dict[str, Any] | None, seller: dict[str, Any]
) -> dict[str, Any]:
    """The contact as their invoice names them; what was given goes first."""
    person = f"{contact.first_name} {contact.last_name}".strip()
    said = {name: value for name, value in (given or {}).items() if value is not None}
    own = {
        "name": contact.company or person,
        "address": None,
        "country": seller["country"],
        "tax_id": None,
    }
    buyer = {**own, **{name: said[name] for name in own if name in said}}
    attention = person if buyer["name"] != person else None
    return {**buyer, "attention": attention, "email": contact.email}


def missing_in(seller: dict[str, Any], *, taxed: bool) -> list[str]:
    """What the settings lack for an invoice, as the workspace's API points at it."""
    needed = ["name", "address", "country", *(["tax_id"] if taxed else [])]
    names = {"name": "seller_name", "address": "seller_address", "country": "seller_country"}
    return [
        f"/invoice_settings/{names.get(member, member)}" for member in needed if not seller[member]
    ]
