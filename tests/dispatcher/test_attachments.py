from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.clock import now
from app.dispatcher.addresses import Address
from app.dispatcher.attachments import Attachment
from app.dispatcher.headers import UnsafeHeader
from app.dispatcher.messages import Message, build

TEXT = "The files von Zoë für Ben"
HTML = "<p>The files von Zoë für Ben</p>"
INVITATION = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
UNSAVABLE = '<>:"/\\|?*'
filenames = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters=UNSAVABLE),
    min_size=1,
    max_size=150,
).map(str.strip)


def mail_with(*attachments: Attachment) -> EmailMessage:
    raw = build(
        Message(
            message_id="em.1@atrium.example",
            sender=Address("Anna Berg", "no-reply@atrium.example"),
            recipient=Address("Ben Ono", "ben@example.com"),
            subject="Files",
            text=TEXT,
            html=HTML,
            date=now(),
            attachments=attachments,
        )
    )
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def test_the_bodies_stay_what_they_are() -> None:
    mail = mail_with(Attachment("a.pdf", "application/pdf", b"%PDF"))
    assert mail.get_content_type() == "multipart/mixed"
    for kind, expected in (("plain", TEXT), ("html", HTML)):
        part = mail.get_body((kind,))
        assert part is not None
        assert part.get_content() == expected


@settings(deadline=None)
@given(filename=filenames, content=st.binary(max_size=2000))
def test_every_file_parses_back(filename: str, content: bytes) -> None:
    (file,) = mail_with(Attachment(filename, "application/pdf", content)).iter_attachments()
    assert file.get_content_type() == "application/pdf"
    assert file.get_content_disposition() == "attachment"
    assert file.get_filename() == filename
    assert file.get_content() == content


def test_a_filename_windows_cannot_save_is_made_savable() -> None:
    (file,) = mail_with(Attachment('a/b:"c"?.pdf', "application/pdf", b"")).iter_attachments()
    assert file.get_filename() == "a_b__c__.pdf"


def test_an_invitation_is_one_more_form_of_the_body() -> None:
    calendar = {"method": "REQUEST", "charset": "utf-8"}
    mail = mail_with(Attachment("", "text/calendar", INVITATION, calendar, alternative=True))
    assert mail.get_content_type() == "multipart/alternative"
    form = list(mail.iter_parts())[-1]
    assert isinstance(form, EmailMessage)
    assert form["Content-Type"].params == calendar
    assert form.get_content_type() == "text/calendar"
    assert form.get_content_disposition() is None
    assert form.get_payload(decode=True) == INVITATION


def test_an_invitation_can_also_be_a_file() -> None:
    mail = mail_with(
        Attachment("", "text/calendar", INVITATION, {"method": "REQUEST"}, alternative=True),
        Attachment("invite.ics", "text/calendar", INVITATION, {"method": "REQUEST"}),
    )
    assert mail.get_content_type() == "multipart/mixed"
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_payload(decode=True)) == ("invite.ics", INVITATION)


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment("a.pdf\r\nBcc: b@example.com", "application/pdf", b""),
        Attachment("a.pdf", "application/pdf\r\nBcc: b@example.com", b""),
        Attachment("a.pdf", "application/pdf", b"", {"name": "x\r\nBcc: b@example.com"}),
        Attachment("a.pdf", "application/pdf", b"", {"x\r\nBcc: b@example.com": "y"}),
        Attachment("a.pdf", "pdf", b""),
        Attachment("a.pdf", "multipart/mixed", b""),
    ],
)
def test_no_attachment_breaks_out_of_its_headers(attachment: Attachment) -> None:
    with pytest.raises(UnsafeHeader):
        mail_with(attachment)
