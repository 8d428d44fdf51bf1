"""Building a mail (RFC 5322).

The plain mail is put together from a skeleton of our own: 30 µs instead of the 1.8 ms of
EmailMessage. Tests parse what it builds with the standard library and compare.
"""

from binascii import b2a_base64
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from uuid import UUID

from app.dispatcher.addresses import Address, UnmailableAddress, recipient_address
from app.dispatcher.attachments import Attachment, mixed_body
from app.dispatcher.headers import address_line, text_line, token_line

BASE64_LINE = 76

# Base64 holds no "=_", so this boundary can't occur inside a part.
_TWO_FORMS = (
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="=_atrium"\r\n'
    b"\r\n"
    b"--=_atrium\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: base64\r\n"
    b"\r\n"
    b"%s"
    b"--=_atrium\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: base64\r\n"
    b"\r\n"
    b"%s"
    b"--=_atrium--\r\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One mail to one person; `date` is aware.

    `message_id` and `thread` come from the functions of the same purpose below; mails with the
    same thread are shown as one conversation. `list_unsubscribe` is the URL that takes a
    one-click POST (RFC 8058).
    """

    message_id: str
    sender: Address
    recipient: Address
    subject: str
    text: str
    html: str
    date: datetime
    reply_to: Address | None = None
    thread: str | None = None
    list_unsubscribe: str | None = None
    attachments: tuple[Attachment, ...] = ()


def message_id(email_id: UUID, *, resends: int = 0, domain: str) -> str:
    """The Message-ID of an e-mail row: the same however often it is tried, so duplicates show.

    Only a coach who sends it once more (`resends`) makes another mail of it.
    """
    return f"em.{email_id}.{resends}@{domain}"


def thread_id(subject_id: UUID | str, *, domain: str) -> str:
    """What the mails about one subject (an invoice, a booking) refer to as their thread."""
    return f"thread.{subject_id}@{domain}"


def build(message: Message) -> bytes:
    """The mail as it goes over the wire: ASCII, CRLF line ends, no line over 998 bytes.

    Raises PermanentFailure where SMTP can't carry the recipient's address; ValueError on what a
    caller got wrong: a value that would break its header, a naive date, the sender's address.
    """
    text, html = _canonical(message.text), _canonical(message.html)
    if message.attachments:
        body = mixed_body(text, html, message.attachments)
    else:
        body = _TWO_FORMS % (_base64(text), _base64(html))
    return _head(message).encode("ascii") + body


def _head(message: Message) -> str:
    lines = [
        token_line("Message-ID", message.message_id),
        f"Date: {_date(message.date)}\r\n",
        address_line("From", message.sender),
        address_line("To", _to(message.recipient)),
        _reply_to(message.reply_to),
        text_line("Subject", message.subject),
        "Auto-Submitted: auto-generated\r\n",
    ]
    if message.thread is not None:
        lines.append(token_line("References", message.thread))
    if message.list_unsubscribe is not None:
        lines.append(token_line("List-Unsubscribe", message.list_unsubscribe))
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    return "".join(lines)


def _date(date: datetime) -> str:
    if date.tzinfo is None:
        raise ValueError("a mail's date needs its offset")
    return format_datetime(date)


def _to(recipient: Address) -> Address:
    return recipient._replace(email=recipient_address(recipient.email))


def _reply_to(address: Address | None) -> str:
    """Left out where SMTP can't carry it: the mail matters more than where answers go."""
    if address is None:
        return ""
    try:
        return address_line("Reply-To", address)
    except UnmailableAddress:
        return ""


def _canonical(body: str) -> bytes:
    """UTF-8 with CRLF line ends, as text is before it is encoded (RFC 2046 4.1.1)."""
    unix = body.replace("\r\n", "\n").replace("\r", "\n")
    return unix.replace("\n", "\r\n").encode()


def _base64(body: bytes) -> bytes:
    """In lines of 76 (RFC 2045 6.8); encoded whole, because line by line takes twice as long."""
    encoded = b2a_base64(body, newline=False)
    lines = [encoded[i : i + BASE64_LINE] for i in range(0, len(encoded), BASE64_LINE)]
    return b"\r\n".join([*lines, b""])
