"""The ways a mail leaves: over SMTP, or into a mailbox on this machine."""

import asyncio
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

import aiosmtplib

from app.dispatcher import captured_files
from app.dispatcher.addresses import UnmailableAddress, ascii_address, recipient_address
from app.dispatcher.relay import Relay
from app.dispatcher.replies import SERVICE_CLOSING, RelayUnavailable, failure_from, printable
from app.dispatcher.smtp_pool import Connection, SmtpPool

MAILS_KEPT = 20_000
MAILS_BETWEEN_CLEANINGS = 500


class Transport(Protocol):
    """Something that takes mails."""

    async def send(self, *, sender: str, recipient: str, message: bytes) -> str:
        """Hand over one mail; answers what the receiving side said.

        Raises TemporaryFailure, PermanentFailure or RelayUnavailable.
        """
        ...

    async def close(self) -> None:
        """Let go of connections; sending is over."""
        ...


class SmtpTransport:
    """Hands mails to a relay over at most `pool_size` kept-open connections.

    `timeout_seconds` is the patience with each answer of the relay.
    """

    def __init__(
        self,
        relay: Relay,
        *,
        pool_size: int = 4,
        idle_seconds: float = 30.0,
        timeout_seconds: float = 30.0,
    ) -> None:
        self._pool = SmtpPool(
            relay, size=pool_size, idle_seconds=idle_seconds, timeout_seconds=timeout_seconds
        )

    async def send(self, *, sender: str, recipient: str, message: bytes) -> str:
        """Hand over one mail, as the Transport protocol says."""
        envelope = _Envelope(_own_address(sender), recipient_address(recipient))
        while True:
            try:
                async with self._pool.connection() as connection:
                    return await _hand_over(connection, envelope, message)
            except StaleConnection:
                continue
            except (aiosmtplib.SMTPException, OSError) as error:
                raise failure_from(error) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.close()


class StaleConnection(Exception):
    """The relay had given a kept connection up; nothing was sent over it yet."""


class _Envelope(NamedTuple):
    sender: str
    recipient: str


def _own_address(email: str) -> str:
    """A sender SMTP can't carry stops every mail, as a relay that is away does."""
    try:
        return ascii_address(email)
    except UnmailableAddress as error:
        raise RelayUnavailable(f"the sender's address: {error}") from error


async def _hand_over(connection: Connection, envelope: _Envelope, message: bytes) -> str:
    smtp = connection.smtp
    size = [f"size={len(message)}"] if smtp.supports_extension("size") else []
    try:
        await smtp.mail(envelope.sender, options=size)
    except (aiosmtplib.SMTPException, OSError) as error:
        if connection.mails and _is_gone(error):
            raise StaleConnection from error
        raise
    await smtp.rcpt(envelope.recipient)
    reply = await smtp.data(message)
    return printable(str(reply))


def _is_gone(error: Exception) -> bool:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return error.code == SERVICE_CLOSING
    return isinstance(error, OSError)


class MailboxTransport:
    """Keeps the newest `keep` mails as .eml files, for an install without a mail server.

    As a mailbox does, it notes the envelope's sender in Return-Path (RFC 5321 4.4).
    """

    def __init__(self, directory: Path, *, keep: int = MAILS_KEPT) -> None:
        self._directory = directory
        self._keep = keep
        self._stored = count()

    async def send(self, *, sender: str, recipient: str, message: bytes) -> str:
        """Keep one mail, as the Transport protocol says."""
        address = recipient_address(recipient)
        delivered = b"Return-Path: <%s>\r\n%s" % (_own_address(sender).encode(), message)
        try:
            mail_id = await asyncio.to_thread(self._keep_one, address, delivered)
        except OSError as error:
            raise RelayUnavailable(f"the mailbox can't be written: {error.strerror}") from error
        return f"250 kept as {mail_id}"

    async def close(self) -> None:
        """Nothing is held open."""

    def _keep_one(self, recipient: str, message: bytes) -> str:
        mail_id = captured_files.store(self._directory, recipient=recipient, message=message)
        if next(self._stored) % MAILS_BETWEEN_CLEANINGS == 0:
            captured_files.drop_oldest(self._directory, keep=self._keep)
        return mail_id
