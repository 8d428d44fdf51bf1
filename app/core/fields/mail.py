"""E-mail addresses and telephone numbers."""

import unicodedata
from typing import Annotated

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints

LONGEST_EMAIL = 254
"""RFC 3696, erratum 1690."""


def normalise_email(address: str) -> str:
    """The form under which two spellings of an address are the same person's (`email_norm`)."""
    folded = unicodedata.normalize("NFC", address.strip()).casefold()
    return unicodedata.normalize("NFC", folded)


def _email(value: str) -> str:
    try:
        # RFC 2606's .test harms nobody, and lets people try Atrium with made-up addresses
        parts = validate_email(
            value,
            check_deliverability=False,
            test_environment=True,
            strict=True,
            allow_smtputf8=False,  # few servers take such addresses, and mail is what we live by
        )
    except EmailNotValidError:
        raise ValueError("must be an e-mail address") from None
    return parts.normalized


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        raise ValueError("must be a telephone number with its country code") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("must be a telephone number with its country code")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=LONGEST_EMAIL),
    AfterValidator(_email),
    Field(json_schema_extra={"format": "email", "examples": ["maya@example.com"]}),
]
"""An e-mail address as its owner writes it, at most 254 characters; nobody is asked by DNS."""

Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^\+[0-9 ().\-/]+$"),
    AfterValidator(_phone),
    Field(json_schema_extra={"examples": ["+4930123456"]}),
]
"""A telephone number with its country code, in whatever grouping; kept as E.164."""
