"""Header lines (RFC 5322), none of which a value can break out of."""

import re
from base64 import b64encode
from email.header import Header
from email.utils import quote

from app.dispatcher.addresses import Address, ascii_address

LINE_LENGTH = 78
LONGEST_WORD = 75
LONGEST_LINE = 998

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TOKEN = re.compile(r"[!-;=?-~]+")


class UnsafeHeader(ValueError):
    """A header value holds a line break, a control character, or what its header can't."""


def safe(value: str) -> str:
    """The value without outer blanks; raises UnsafeHeader on line breaks and controls."""
    if _UNSAFE.search(value):
        raise UnsafeHeader("a header value holds a line break or a control character")
    return value.strip()


def text_line(name: str, value: str) -> str:
    """A header of free text: short ASCII as it is, all else as encoded words (RFC 2047)."""
    text = safe(value)
    if _stays_readable(text, len(name) + 2):
        return f"{name}: {text}\r\n"
    return f"{name}: {_encoded_words(text, name)}\r\n"


def address_line(name: str, address: Address) -> str:
    """A header naming one person. Raises UnmailableAddress where SMTP can't carry it."""
    email, display = ascii_address(address.email), _single_spaced(safe(address.name))
    if not display:
        return f"{name}: {email}\r\n"
    quoted = f'"{quote(display)}"'
    if _stays_readable(quoted, len(name) + len(email) + 5):
        return f"{name}: {quoted} <{email}>\r\n"
    return f"{name}: {_encoded_words(display, name)}\r\n <{email}>\r\n"


def token_line(name: str, value: str) -> str:
    """A header holding one `<...>`: a message id (RFC 5322 3.6.4) or a URL (RFC 2369).

    It is never folded: Gmail overlooks a List-Unsubscribe that is.
    """
    if not _TOKEN.fullmatch(value) or len(name) + len(value) + 4 > LONGEST_LINE:
        raise UnsafeHeader(f"{name} takes one token of printable ASCII")
    return f"{name}: <{value}>\r\n"


def _single_spaced(name: str) -> str:
    """A name's words; mail programs show several blanks between them as one anyway."""
    return " ".join(name.split())


def _stays_readable(text: str, taken: int) -> bool:
    return text.isascii() and taken + len(text) <= LINE_LENGTH and "=?" not in text


def _encoded_words(text: str, name: str) -> str:
    """RFC 2047; most texts fit into one word, which is made faster without Header."""
    word = f"=?utf-8?b?{b64encode(text.encode()).decode()}?="
    if len(word) <= LONGEST_WORD and len(name) + 2 + len(word) <= LINE_LENGTH:
        return word
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n")
