"""The kinds of single-use links that people are mailed."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class TokenKind:
    """`purpose` in the database, `prefix` of the token, and how long a link works."""

    purpose: str
    prefix: str
    lifetime: timedelta


MAGIC_LINK = TokenKind("magic_link", "mgc", timedelta(minutes=15))
PASSWORD_RESET = TokenKind("password_reset", "pwr", timedelta(hours=1))
EMAIL_VERIFICATION = TokenKind("email_verification", "ver", timedelta(days=3))
EMAIL_CHANGE = TokenKind("email_change", "eml", timedelta(days=1))
