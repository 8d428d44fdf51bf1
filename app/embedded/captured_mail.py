"""Reading a captured mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from app.embedded.mail_links import links_in

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class CapturedFile:
    """An attachment, counted from 0."""

    index: int
    filename: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedMail:
    """One mail as its reader sees it; `date` is in UTC, or None where it can't be read."""

    id: str
    to: str
    sender: str
    subject: str
    date: datetime | None
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    attachments: tuple[CapturedFile, ...]

    @property
    def links(self) -> list[str]:
        """Every address a reader could follow, in order, each once."""
        return links_in(self.html, self.text)


def read_mail(mail_id: str, raw: bytes) -> CapturedMail:
    """The mail in these bytes; reads what it can of a broken one."""
    message = message_from_bytes(raw)
    parts = [part for part in message.walk() if not part.is_multipart()]
    text, html = _first(parts, "text/plain"), _first(parts, "text/html")
    files = (part for part in parts if part is not text and part is not html)
    return CapturedMail(
        id=mail_id,
        to=_person(message, "To")[1],
        sender="{} <{}>".format(*_person(message, "From")).strip(),
        subject=_header(message, "Subject"),
        date=_date(message),
        text=_words(text).replace("\r\n", "\n"),
        html=_words(html),
        headers=tuple((name, _decoded(str(value))) for name, value in message.items()),
        attachments=tuple(_files(files)),
    )


def _first(parts: list[Message], content_type: str) -> Message | None:
    for part in parts:
        if part.get_content_type() == content_type and not part.get_filename():
            return part
    return None


def _person(message: Message, header: str) -> tuple[str, str]:
    """Name and address; told apart before the name is decoded, for it may hold a comma."""
    name, email = parseaddr("".join(str(message.get(header, "")).splitlines()))
    return _decoded(name), _whole(email)


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    unfolded = "".join(value.splitlines())
    try:
        return _whole(str(make_header(decode_header(unfolded))))
    except (HeaderParseError, LookupError, ValueError):
        return _whole(unfolded)


def _whole(value: str) -> str:
    """Without the halves of surrogate pairs that broken bytes are read as."""
    return value.encode("utf-8", "replace").decode()


def _date(message: Message) -> datetime | None:
    try:
        date = parsedate_to_datetime(_header(message, "Date"))
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _words(part: Message | None) -> str:
    """What Atrium writes is always UTF-8."""
    return _content(part).decode("utf-8", "replace") if part is not None else ""


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _files(parts: Iterator[Message]) -> Iterator[CapturedFile]:
    for index, part in enumerate(parts):
        kind = part.get_content_type()
        yield CapturedFile(
            index,
            _whole(part.get_filename() or f"part-{index + 1}"),
            kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream",
            _content(part),
        )
