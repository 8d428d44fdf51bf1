"""Which passwords may be chosen: long ones that are not among the first anybody would try.

NIST SP 800-63B 5.1.1.2: a minimum length, a blocklist, no rules of composition.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.core.errors import Invalid

SHORTEST, LONGEST = 12, 256

COMMON_PASSWORDS = Path(__file__).with_name("common_passwords.txt")
"""Common passwords, in lower case: whole ones of 12 characters and more, and of shorter ones the
word they consist of. Derived from the frequency list of zxcvbn (MIT licence)."""

LEET = str.maketrans("@4013$5!7", "aaolessit")
AROUND_WORD = re.compile(r"^[^a-z]+|[^a-z]+$")
REPETITION = re.compile(r"(.{1,11}?)\1+.{0,3}", re.DOTALL)
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
)
"""Alphabet, digits and keyboards, as fingers run over them."""

SHORTEST_EMAIL_NAME = 4


def _nfc(value: str) -> str:
    """Keyboards differ in how they compose an accented letter; the password is the same."""
    return unicodedata.normalize("NFC", value)


Password = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST),
    AfterValidator(_nfc),
    Field(json_schema_extra={"format": "password"}),
]
"""A password as somebody types it to prove who they are."""

NewPassword = Annotated[
    str,
    StringConstraints(min_length=SHORTEST, max_length=LONGEST),
    AfterValidator(_nfc),
    Field(
        json_schema_extra={"format": "password", "examples": ["two-larks-over-the-lake"]},
    ),
]
"""A password somebody chooses: 12 to 256 characters; see also `check_new_password`."""


class WeakPassword(Invalid):
    """The password is among the first that anybody would try."""

    code, title = "weak_password", "Choose a password that is harder to guess"


def check_new_password(password: str, *, email: str, pointer: str = "/password") -> None:
    """Raise WeakPassword for a common password, a run of keys, or one made of the address.

    `pointer` says which member of the body it came in.
    """
    weakness = _weakness(password.casefold(), email.casefold())
    if weakness:
        code, detail = weakness
        error = {"in": "body", "pointer": pointer, "code": code, "detail": detail}
        raise WeakPassword(detail, errors=[error])


def _weakness(plain: str, email: str) -> tuple[str, str] | None:
    if _is_common(plain):
        return "common_password", "This password is too common."
    if _is_regular(plain):
        return "regular_password", "This password is a repetition or a row of keys."
    if _tells_email(plain, email):
        return "password_contains_email", "The password contains your e-mail address."
    return None


def _is_common(plain: str) -> bool:
    word = AROUND_WORD.sub("", plain).translate(LEET)
    return plain in common_passwords() or word in common_passwords()


def _is_regular(plain: str) -> bool:
    """One short thing over and over, or neighbours on a keyboard from end to end."""
    if REPETITION.fullmatch(plain):
        return True
    return any(plain in row * 2 or plain in (row * 2)[::-1] for row in ROWS)


def _tells_email(plain: str, email: str) -> bool:
    name = email.partition("@")[0]
    return email in plain or (len(name) >= SHORTEST_EMAIL_NAME and name in plain)


@cache
def common_passwords() -> frozenset[str]:
    """The blocklist, read at its first use."""
    return frozenset(COMMON_PASSWORDS.read_text().splitlines())
