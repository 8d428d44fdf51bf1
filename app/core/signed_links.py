"""Addresses that work for a while without signing in: what they name is signed, not stored."""

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

from app.core.clock import now
from app.core.errors import AppError, NotFound

PURPOSE = b"signed links|"
"""Sets these signatures apart from all else that is made with the installation's key."""

SIGNATURE_BYTES = 32
EXPIRY = struct.Struct(">I")


class LinkExpired(AppError):
    """The address has lived long enough; ask for a fresh one."""

    status, code, title = 410, "link_expired", "This link has expired"


class SignedLinks:
    """Signs what an address names, and until when, with HMAC-SHA256."""

    def __init__(self, key: bytes) -> None:
        """Keep the key, at least 32 bytes."""
        self._key = key

    def sign(self, named: bytes, *, expires_at: datetime) -> str:
        """The token that stands for `named` until then, to the second."""
        message = EXPIRY.pack(int(expires_at.timestamp())) + named
        return _text(message + self._signature(message))

    def read(self, token: str) -> bytes:
        """What a token names; NotFound for a forged one, LinkExpired (410) for an old one."""
        raw = _bytes(token)
        message, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
        genuine = hmac.compare_digest(signature, self._signature(message))
        if not genuine or len(message) < EXPIRY.size or _text(raw) != token:
            raise NotFound
        (expires_at,) = EXPIRY.unpack_from(message)
        if datetime.fromtimestamp(expires_at, UTC) <= now():
            raise LinkExpired
        return message[EXPIRY.size :]

    def _signature(self, message: bytes) -> bytes:
        return hmac.digest(self._key, PURPOSE + message, "sha256")


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(token: str) -> bytes:
    try:
        return urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except ValueError:
        raise NotFound from None
