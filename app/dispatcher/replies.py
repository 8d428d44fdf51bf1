"""What a mail server's answer means for the mail: try later, give up, or the relay is away."""

import re

import aiosmtplib

from app.dispatcher.failures import GiveUp, Unavailable

TEMPORARY = range(400, 500)
PERMANENT = range(500, 600)
SERVICE_CLOSING = 421
TOO_LARGE = 552
AUTH_PROBLEMS = frozenset({530, 534, 535, 538})
BAD_ADDRESS_CODES = frozenset({550, 551, 553})
BAD_SENDER_STATUSES = frozenset({"5.1.7", "5.1.8"})
LONGEST_REPLY = 500

_ENHANCED_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_NOT_PRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+")


class TemporaryFailure(Exception):
    """The server said 4xx: this mail may pass later. `reply` is what it said."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


class PermanentFailure(GiveUp):
    """The server said 5xx: this mail will never pass. `reply` is what it said.

    `bad_address` tells that the recipient's address itself is refused, so that writing to it
    again is pointless and harms the sender's standing.
    """

    def __init__(self, reply: str, *, bad_address: bool) -> None:
        super().__init__(reply)
        self.reply = reply
        self.bad_address = bad_address


class RelayUnavailable(Unavailable):
    """The relay, not this mail, is failing; `reason` says how.

    Refused, timed out, 421, TLS or sign-in trouble, or disconnected. Where the connection broke
    after the message's final dot nobody knows whether it was accepted: it is sent again under
    the same Message-ID (at least once, never lost).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def failure_from(error: Exception) -> TemporaryFailure | PermanentFailure | RelayUnavailable:
    """The meaning of an error raised while a mail was handed over (RFC 5321 4.2, RFC 3463).

    The sender is the same for every mail, so a server that refuses it (MAIL FROM) refuses them
    all: that counts as the relay being away, except for 552, which is about this mail's size.
    """
    if not isinstance(error, aiosmtplib.SMTPResponseException):
        return RelayUnavailable(printable(f"{type(error).__name__}: {error}"))
    reply = printable(f"{error.code} {error.message}")
    if error.code == SERVICE_CLOSING or error.code in AUTH_PROBLEMS:
        return RelayUnavailable(reply)
    if error.code in TEMPORARY:
        return TemporaryFailure(reply)
    if error.code in PERMANENT and not _refuses_our_sender(error):
        return PermanentFailure(reply, bad_address=_refuses_the_address(error))
    return RelayUnavailable(reply)


def _refuses_our_sender(error: aiosmtplib.SMTPResponseException) -> bool:
    return isinstance(error, aiosmtplib.SMTPSenderRefused) and error.code != TOO_LARGE


def _refuses_the_address(error: aiosmtplib.SMTPResponseException) -> bool:
    """By the enhanced status where there is one; else by a bare 550, 551 or 553 to RCPT TO.

    A bare 550 to the message's content is mostly a spam verdict, which says nothing about
    the address.
    """
    if status := _ENHANCED_STATUS.match(error.message):
        return status[1].startswith("5.1.") and status[1] not in BAD_SENDER_STATUSES
    answers_rcpt = isinstance(error, aiosmtplib.SMTPRecipientRefused)
    return answers_rcpt and error.code in BAD_ADDRESS_CODES


def printable(reply: str) -> str:
    """A server's words in one line that any database column takes."""
    return _NOT_PRINTABLE.sub(" ", reply).strip()[:LONGEST_REPLY]
