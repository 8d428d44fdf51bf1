"""Names of files: read from headers, made safe to keep, and put into headers again."""

import re
import unicodedata
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any
from urllib.parse import quote

from app.core.errors import Invalid

LONGEST = 150
"""Characters of a name, its extension included."""

LONGEST_EXTENSION = 10

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
"""Unicode's categories of controls, bidirectional overrides, separators and no characters."""

JOINERS = frozenset("\u200c\u200d")
"""Invisible too, and yet part of how some languages and emoji are written."""

FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
"""What Windows can't have in a name."""

BROWSERS_ESCAPES = {"%22": '"', "%0D": "", "%0A": ""}
"""What browsers percent-encode in a form's file names, and nothing else (HTML 4.10.21.8)."""

NOT_ASCII = re.compile(r'[^\x20-\x7e]|["\\%]')


class FileNameMissing(Invalid):
    """The file came without a name, or with none that may stay."""

    code, title = "file_name_missing", "Give the file a name"


def clean_name(given: str) -> str:
    """The name without folders, controls and what would hide its extension.

    Raises FileNameMissing (422) when nothing is left.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    visible = "".join(map(_visible, name)).translate(FORBIDDEN)
    stem, extension = split_extension(" ".join(visible.split()).strip(" ."))
    if not stem:
        raise FileNameMissing
    ending = f".{extension}" if extension else ""
    return stem[: LONGEST - len(ending)].rstrip(" .") + ending


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    hidden = unicodedata.category(character) in INVISIBLE and character not in JOINERS
    return "" if hidden else character


def split_extension(name: str) -> tuple[str, str]:
    """The stem, and the extension without its dot; what is too long is none."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not extension or len(extension) > LONGEST_EXTENSION:
        return name, ""
    return stem.rstrip(" ."), extension.strip()


def name_in_disposition(header: str) -> str | None:
    """The file name a Content-Disposition header carries, the extended form first (RFC 6266 4.3).

    `header` is as servers hand it over, one character a byte; UTF-8 in it is understood.
    """
    message = Message()
    message["Content-Disposition"] = _as_utf8(header)
    params: list[tuple[str, Any]] = message.get_params([], "Content-Disposition")
    named = [value for name, value in params if name.lower() == "filename"]
    extended = [value for value in named if isinstance(value, tuple)]
    if not named:
        return None
    return collapse_rfc2231_value((extended or named)[0])


def name_in_form(header: str) -> str | None:
    """The same for a part of a form, where browsers escape some characters their own way."""
    name = name_in_disposition(header)
    for escaped, meant in BROWSERS_ESCAPES.items():
        name = name and name.replace(escaped, meant)
    return name


def _as_utf8(header: str) -> str:
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def disposition(name: str, *, inline: bool) -> str:
    """A Content-Disposition for a clean name: ASCII for old readers, UTF-8 for all (RFC 6266)."""
    kind = "inline" if inline else "attachment"
    plain = NOT_ASCII.sub("_", unicodedata.normalize("NFKD", name))
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
