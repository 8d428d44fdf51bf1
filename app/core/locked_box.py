"""Secrets that must be read again: kept in the database, opened by the installation's key only."""

import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class BoxClosed(Exception):
    """It was locked with another key, or for another owner."""


class LockedBox:
    """Locks texts with AES-256-GCM (NIST SP 800-38D), each for the practice it belongs to.

    A dump of the database opens nothing; a row that is moved to another practice neither.
    """

    def __init__(self, key: bytes, purpose: str) -> None:
        """Derive the box's own key from the installation's."""
        self._cipher = AESGCM(hmac.digest(key, b"locked box|" + purpose.encode(), "sha256"))

    def lock(self, text: str, *, owner: UUID) -> bytes:
        """What is stored of a text; never the same twice."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), owner.bytes)

    def unlock(self, kept: bytes, *, owner: UUID) -> str:
        """The text. Raises BoxClosed."""
        try:
            opened = self._cipher.decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], owner.bytes)
        except InvalidTag:
            raise BoxClosed from None
        return opened.decode()
