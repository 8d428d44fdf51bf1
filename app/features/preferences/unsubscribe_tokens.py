"""What a one-click unsubscribe names: signed, so that nobody can make one up."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from app.core.tokens import InvalidToken, TokenMint
from app.repositories.audiences import Side

PURPOSE = "unsubscribe"
ID_BYTES, SIGNATURE_BYTES = 16, 32
SIDES: dict[int, Side] = {0: "member", 1: "client"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One person of a practice, and the group of letters they may do without.

    `inbox_id` is the contact's or the member's id.
    """

    workspace_id: UUID
    side: Side
    inbox_id: UUID
    group: str


def token_for(mint: TokenMint, subscription: Subscription) -> str:
    """The token that ends it; it works for as long as the installation's key."""
    side = next(number for number, side in SIDES.items() if side == subscription.side)
    named = (
        subscription.workspace_id.bytes
        + subscription.inbox_id.bytes
        + bytes([side])
        + subscription.group.encode()
    )
    return _text(named + mint.signature(PURPOSE, named))


def subscription_in(mint: TokenMint, token: str) -> Subscription:
    """What a token names; InvalidToken (404) for one we did not make."""
    raw = _bytes(token)
    named, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    genuine = hmac.compare_digest(signature, mint.signature(PURPOSE, named))
    if not genuine or _text(raw) != token:
        raise InvalidToken
    return Subscription(
        workspace_id=UUID(bytes=named[:ID_BYTES]),
        inbox_id=UUID(bytes=named[ID_BYTES : 2 * ID_BYTES]),
        side=SIDES[named[2 * ID_BYTES]],
        group=named[2 * ID_BYTES + 1 :].decode(),
    )


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(token: str) -> bytes:
    try:
        return urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except ValueError:
        raise InvalidToken from None
