"""Secrets that travel in e-mails and cookies; the database keeps only their SHA-256."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from app.core.errors import AppError

WORKSPACE_BYTES, SECRET_BYTES = 16, 32


class InvalidToken(AppError):
    """The token is malformed, unknown, or no longer the current one."""

    status, code, title = 404, "invalid_token", "This link is not valid"


class TokenMint:
    """Derives mailed tokens from a secret key and the id of the row that stands for them.

    A token is `{prefix}_{base64url(workspace id, 256 bits)}`. The 256 bits are
    HMAC-SHA256(key, prefix, workspace, row, generation): whoever holds the key can write the
    same mail again after a crash, and whoever holds only the database can write none. Raising
    the generation kills every earlier token of the row.
    """

    def __init__(self, key: bytes) -> None:
        """Keep the key, at least 32 bytes."""
        self._key = key

    def derive(self, prefix: str, workspace_id: UUID, row_id: UUID, generation: int = 1) -> str:
        """The token of a row; the same arguments always give the same token."""
        message = b"|".join(
            (prefix.encode(), workspace_id.bytes, row_id.bytes, str(generation).encode())
        )
        secret = hmac.digest(self._key, message, "sha256")
        return f"{prefix}_{_encode(workspace_id.bytes + secret)}"

    def signature(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA256 of a message, for tokens that say in the clear what they stand for."""
        return hmac.digest(self._key, b"signed " + purpose.encode() + b"|" + message, "sha256")


def digest(token: str) -> bytes:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def workspace_in(token: str, prefix: str) -> UUID:
    """The workspace a mailed token carries; InvalidToken when it is not of that form."""
    head, _, body = token.partition("_")
    try:
        raw = urlsafe_b64decode(body.encode("ascii") + b"=" * (-len(body) % 4))
    except ValueError:
        raise InvalidToken from None
    if head != prefix or len(raw) != WORKSPACE_BYTES + SECRET_BYTES or _encode(raw) != body:
        raise InvalidToken
    return UUID(bytes=raw[:WORKSPACE_BYTES])


def new_secret(prefix: str) -> str:
    """A random token of 256 bits, for refresh tokens and API keys."""
    return f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
