"""E-mail addresses as SMTP can carry them."""

import re
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from app.dispatcher.replies import PermanentFailure

LONGEST_ADDRESS = 254

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9_-]+"
_PLAIN_ADDRESS = re.compile(rf"{_ATEXT}(?:\.{_ATEXT})*@{_LABEL}(?:\.{_LABEL})*")


class Address(NamedTuple):
    """Someone who writes or is written to; an empty name shows the bare address."""

    name: str
    email: str


class UnmailableAddress(ValueError):
    """SMTP can't carry this address."""


def ascii_address(email: str) -> str:
    """The address in ASCII: an international domain becomes its `xn--` form (RFC 5891).

    Raises UnmailableAddress on what is no address, and on a local part beyond ASCII: that would
    need SMTPUTF8 (RFC 6531) on every hop up to the mailbox, which can't be counted on.
    """
    if len(email) <= LONGEST_ADDRESS and _PLAIN_ADDRESS.fullmatch(email):
        return email
    if email.isascii():
        raise UnmailableAddress("5.1.3 not a valid address")
    try:
        valid = validate_email(
            email, allow_smtputf8=False, check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError:
        raise UnmailableAddress("5.6.7 the address can't be written in ASCII") from None
    return str(valid.ascii_email)


def recipient_address(email: str) -> str:
    """The same for someone to be written to; raises PermanentFailure with `bad_address`."""
    try:
        return ascii_address(email)
    except UnmailableAddress as error:
        raise PermanentFailure(f"553 {error}", bad_address=True) from error


def domain_of(email: str) -> str:
    """The ASCII domain of an address."""
    return ascii_address(email).rpartition("@")[2]
