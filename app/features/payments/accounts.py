"""A practice's keys at Stripe, as they are kept."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter

from app.core.locked_box import LockedBox

STRIPE = "stripe"
HINT = 4
"""How many characters of a key's end are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeKeys:
    """What one talks to Stripe with, and what its webhooks are signed with."""

    secret_key: str
    webhook_secret: str


KEYS = TypeAdapter(StripeKeys)


def locked(box: LockedBox, keys: StripeKeys, *, workspace_id: UUID) -> bytes:
    """What is stored of the keys."""
    return box.lock(KEYS.dump_json(keys).decode(), owner=workspace_id)


def unlocked(box: LockedBox, kept: bytes, *, workspace_id: UUID) -> StripeKeys:
    """The keys. Raises BoxClosed once the installation's key is another."""
    return KEYS.validate_json(box.unlock(kept, owner=workspace_id))
