"""Files that travel with a mail."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

from app.dispatcher.headers import UnsafeHeader, safe

_NOT_IN_FILENAMES = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, with its media type and that type's parameters (`{"method": "REQUEST"}`).

    `alternative` makes it one more form of the body instead of a file: that is how calendar
    programs recognise an invitation (RFC 6047 2.4).
    """

    filename: str
    content_type: str
    content: bytes = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict)
    alternative: bool = False


def mixed_body(text: bytes, html: bytes, attachments: Sequence[Attachment]) -> bytes:
    """The body of a mail with attachments, from `MIME-Version` to the last boundary."""
    body = EmailMessage(policy=SMTP)
    utf8 = {"charset": "utf-8"}
    body.set_content(text, "text", "plain", cte="base64", params=utf8)
    body.add_alternative(html, "text", "html", cte="base64", params=utf8)
    for form in (a for a in attachments if a.alternative):
        body.add_alternative(form.content, *_media_type(form), params=_params(form))
    for file in (a for a in attachments if not a.alternative):
        body.add_attachment(
            file.content, *_media_type(file), filename=_filename(file), params=_params(file)
        )
    return body.as_bytes()


def _media_type(attachment: Attachment) -> tuple[str, str]:
    main, separator, sub = safe(attachment.content_type).partition("/")
    if not (separator and main and sub) or main in {"multipart", "message"}:
        raise UnsafeHeader("an attachment needs a media type such as application/pdf")
    return main, sub


def _filename(attachment: Attachment) -> str:
    """The name with what no Windows file name may hold replaced by underscores."""
    return _NOT_IN_FILENAMES.sub("_", safe(attachment.filename))


def _params(attachment: Attachment) -> dict[str, str]:
    return {safe(name): safe(value) for name, value in attachment.params.items()}
