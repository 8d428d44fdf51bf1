"""Stripe's way of signing webhooks, which play money uses, too: `t=<seconds>,v1=<HMAC-SHA256>`."""

import hmac

from app.core.clock import now
from app.features.payments.failures import NotGenuine

TOLERANCE_SECONDS = 300


def signed(body: bytes, secret: bytes) -> str:
    """The header for a message that leaves now."""
    at = int(now().timestamp())
    return f"t={at},v1={_signature(at, body, secret)}"


def check(body: bytes, header: str | None, secret: bytes) -> None:
    """Raises NotGenuine (400) unless the header signs this body, five minutes ago at most."""
    try:
        parts = dict(part.split("=", 1) for part in (header or "").split(","))
        at, given = int(parts["t"]), parts["v1"]
    except (ValueError, KeyError):
        raise NotGenuine from None
    genuine = hmac.compare_digest(_signature(at, body, secret).encode(), given.encode())
    if not genuine or abs(now().timestamp() - at) > TOLERANCE_SECONDS:
        raise NotGenuine


def _signature(at: int, body: bytes, secret: bytes) -> str:
    return hmac.digest(secret, str(at).encode() + b"." + body, "sha256").hex()
