import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dispatcher.addresses import Address
from app.dispatcher.headers import UnsafeHeader
from app.dispatcher.messages import Message, build, message_id, thread_id
from app.dispatcher.replies import PermanentFailure

EMAIL_ID = UUID("0197a1b2-0000-7000-8000-000000000001")
UNSUBSCRIBE = "https://api.example.com/v1/unsubscribe/" + "a" * 150
LINE_BREAKS = ["\r", "\n", "\r\n", "\x00", "\x0b", "\x85", "\u2028"]

ascii_text = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=120)
any_text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=300)
printable = (ascii_text | any_text | st.just("=?utf-8?q?not_encoded?=")).map(str.strip)
bodies = st.text(st.characters(exclude_categories=["Cs"]))


def a_message(**changes: Any) -> Message:
    fields: dict[str, Any] = {
        "message_id": message_id(EMAIL_ID, domain="atrium.example"),
        "sender": Address("Anna Berg", "no-reply@atrium.example"),
        "recipient": Address("Ben Ono", "ben@example.com"),
        "reply_to": Address("Anna Berg", "anna@coach.example"),
        "subject": "Welcome to the portal",
        "text": "Hello Ben\n",
        "html": "<p>Hello Ben</p>\n",
        "date": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        "thread": thread_id("inv-1", domain="atrium.example"),
        "list_unsubscribe": UNSUBSCRIBE,
    }
    return Message(**{**fields, **changes})


def parsed(message: Message) -> EmailMessage:
    parsed = message_from_bytes(build(message), policy=default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    assert part["Content-Transfer-Encoding"] == "base64"
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")


def unix(text: str) -> str:
    return re.sub(r"\r\n|\r", "\n", text)


def test_the_headers_say_who_what_and_when() -> None:
    mail = parsed(a_message())
    assert dict(mail.items()) == {
        "Message-ID": f"<em.{EMAIL_ID}.0@atrium.example>",
        "Date": "Sun, 22 Nov 2026 09:30:00 +0000",
        "From": "Anna Berg <no-reply@atrium.example>",
        "To": "Ben Ono <ben@example.com>",
        "Reply-To": "Anna Berg <anna@coach.example>",
        "Subject": "Welcome to the portal",
        "Auto-Submitted": "auto-generated",
        "References": "<thread.inv-1@atrium.example>",
        "List-Unsubscribe": f"<{UNSUBSCRIBE}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_atrium"',
    }


def test_a_long_unsubscribe_link_stays_on_its_line() -> None:
    assert f"\r\nList-Unsubscribe: <{UNSUBSCRIBE}>\r\n".encode() in build(a_message())


def test_what_is_not_given_leaves_no_header() -> None:
    mail = parsed(a_message(reply_to=None, thread=None, list_unsubscribe=None))
    absent = ["Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post"]
    assert [mail[name] for name in absent] == [None] * 4


@settings(deadline=None)
@given(text=bodies, html=bodies)
def test_every_body_parses_back(text: str, html: str) -> None:
    mail = parsed(a_message(text=text, html=html))
    assert mail.get_content_type() == "multipart/alternative"
    assert unix(body(mail, "plain")) == unix(text)
    assert unix(body(mail, "html")) == unix(html)


@settings(deadline=None)
@given(subject=printable)
def test_every_subject_parses_back(subject: str) -> None:
    assert str(parsed(a_message(subject=subject))["Subject"]) == subject


@settings(deadline=None)
@given(name=printable)
def test_every_display_name_parses_back(name: str) -> None:
    message = a_message(sender=Address(name, "no-reply@atrium.example"))
    (sender,) = parsed(message)["From"].addresses
    assert sender.addr_spec == "no-reply@atrium.example"
    # Not by sender.display_name: Python 3.11 puts a blank between two encoded words of a name,
    # against RFC 2047 6.2.
    written, _ = parseaddr(message_from_bytes(build(message))["From"])
    assert str(make_header(decode_header(written))) == " ".join(name.split())


@settings(deadline=None)
@given(subject=printable, name=printable, text=bodies)
def test_the_wire_takes_every_line(subject: str, name: str, text: str) -> None:
    raw = build(a_message(subject=subject, text=text, recipient=Address(name, "b@example.com")))
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines if not line.startswith(b"List-Unsub")) <= 78


@settings(deadline=None)
@given(value=st.text(), line_break=st.sampled_from(LINE_BREAKS), rest=st.text())
@pytest.mark.parametrize("field", ["subject", "sender", "recipient", "reply_to"])
def test_no_value_starts_a_header_of_its_own(
    field: str, value: str, line_break: str, rest: str
) -> None:
    attack = f"{value}{line_break}Bcc: victim@example.com{rest}"
    harmful = attack if field == "subject" else Address(attack, "b@example.com")
    with pytest.raises(UnsafeHeader):
        build(a_message(**{field: harmful}))


@pytest.mark.parametrize("field", ["message_id", "thread", "list_unsubscribe"])
@pytest.mark.parametrize(
    "value", ["a@b\r\nBcc: c@d", "a@b>", "<a@b", "a b@c", "é@b", "", "a" * 999]
)
def test_a_token_header_takes_only_a_token(field: str, value: str) -> None:
    with pytest.raises(UnsafeHeader):
        build(a_message(**{field: value}))


def test_an_international_domain_travels_in_ascii() -> None:
    mail = parsed(a_message(recipient=Address("", "ben@bücher.example")))
    assert mail["To"] == "ben@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "email",
    ["jörg@example.com", "no at sign", "a@b\r\nBcc: c@d.com", "two@at@signs", "", "a b@c.d"],
)
def test_an_address_smtp_cannot_carry_is_a_bad_address(email: str) -> None:
    with pytest.raises(PermanentFailure) as failure:
        build(a_message(recipient=Address("Ben", email)))
    assert failure.value.bad_address


def test_a_coach_whose_address_smtp_cannot_carry_still_has_mails_sent() -> None:
    assert parsed(a_message(reply_to=Address("Jörg", "jörg@example.com")))["Reply-To"] is None


def test_a_date_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        build(a_message(date=datetime(2026, 11, 22, 9, 30)))  # noqa: DTZ001 - the naive one is tested
