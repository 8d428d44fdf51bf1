"""Reading mails, whole and broken."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.embedded.captured_mail import read_mail
from app.embedded.mail_links import links_in
from app.embedded.mailbox_schemas import MailOut

HEADER_NAMES = ["From", "To", "Subject", "Date", "Content-Type", "Content-Disposition"]
headers = st.lists(st.tuples(st.sampled_from(HEADER_NAMES), st.binary(max_size=60)))


@settings(deadline=None)
@given(raw=st.binary())
def test_any_bytes_can_be_shown(raw: bytes) -> None:
    MailOut.model_validate(read_mail("x", raw)).model_dump_json()


@settings(deadline=None)
@given(headers=headers, body=st.binary())
def test_any_headers_can_be_shown(headers: list[tuple[str, bytes]], body: bytes) -> None:
    head = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers)
    mail = read_mail("x", head + b"\r\n" + body)
    MailOut.model_validate(mail).model_dump_json()
    assert all(name.isprintable() for name, _ in mail.headers)


@settings(deadline=None)
@given(html=st.text(), text=st.text())
def test_any_text_can_be_searched_for_links(html: str, text: str) -> None:
    links_in(html, text)


def test_each_link_comes_once_and_in_order() -> None:
    html = (
        "<A HREF='https://a.example/1'>1</A> <abbr href=\"https://no.example\"></abbr>"
        '<a\n class=x href = "https://a.example/2?x=1&amp;y=2">2</a>'
        '<a href="https://a.example/1">again</a><a href="#top">top</a><a href="javascript:x">no</a>'
    )
    text = "See (https://a.example/3), https://a.example/1! or http://a.example/4."
    assert links_in(html, text) == [
        "https://a.example/1",
        "https://a.example/2?x=1&y=2",
        "https://a.example/3",
        "http://a.example/4",
    ]
