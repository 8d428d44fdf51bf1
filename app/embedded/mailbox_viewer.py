"""Pages and JSON to read captured mail; only there when no mail server is configured."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from jinja2 import Environment, FileSystemLoader
from starlette.responses import FileResponse, HTMLResponse, Response

from app.embedded.mailbox import Mailbox
from app.embedded.mailbox_schemas import MailboxPageQuery, MailOut, MailQuery, MailsOut

PREFIX = "/dev/mail"
TEMPLATES = Path(__file__).parent / "templates"

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src * data:; font-src * data:; style-src * 'unsafe-inline'; frame-ancestors 'self'"
)
"""A mail runs no script and is of no origin, even when it is opened outside its frame."""


def mailbox_router(mailbox: Mailbox) -> APIRouter:
    """The routes under /dev/mail, for this mailbox; not in the OpenAPI document."""
    viewer = MailboxViewer(mailbox)
    router = APIRouter(prefix=PREFIX, include_in_schema=False)
    router.add_api_route("", viewer.page)
    router.add_api_route("/style.css", viewer.style)
    router.add_api_route("/messages", viewer.messages)
    router.add_api_route("/messages/{mail_id}/html", viewer.html)
    router.add_api_route("/messages/{mail_id}/raw", viewer.raw)
    router.add_api_route("/messages/{mail_id}/attachments/{index}", viewer.attachment)
    return router


class MailboxViewer:
    """What the routes answer."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
        self._page = templates.get_template("mailbox.html")

    async def page(self, query: Annotated[MailboxPageQuery, Query()]) -> HTMLResponse:
        """The mailbox for people."""
        page = await asyncio.to_thread(self._render, query)
        return HTMLResponse(page, headers={"Content-Security-Policy": PAGE_POLICY})

    async def style(self) -> FileResponse:
        """How the page looks."""
        return FileResponse(TEMPLATES / "mailbox.css", headers={"Cache-Control": "no-cache"})

    async def messages(self, query: Annotated[MailQuery, Query()]) -> MailsOut:
        """The mailbox for scripts."""
        return await asyncio.to_thread(self._list, query)

    async def html(self, mail_id: str) -> HTMLResponse:
        """A mail's HTML form."""
        mail = await asyncio.to_thread(self._mailbox.mail, mail_id)
        return HTMLResponse(mail.html, headers={"Content-Security-Policy": MAIL_POLICY})

    async def raw(self, mail_id: str) -> Response:
        """A mail's bytes, as a text a browser shows."""
        return Response(
            await asyncio.to_thread(self._mailbox.raw, mail_id), media_type="text/plain"
        )

    async def attachment(self, mail_id: str, index: str) -> Response:
        """A file that came with a mail, to be saved: never opened on this origin."""
        file = await asyncio.to_thread(self._mailbox.attachment, mail_id, index)
        name = quote(file.filename, safe="", errors="replace")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(file.content, media_type=file.content_type, headers=headers)

    def _list(self, query: MailQuery) -> MailsOut:
        mails = self._mailbox.read(self._mailbox.find(query.to), limit=query.limit)
        return MailsOut(data=[MailOut.model_validate(mail) for mail in mails])

    def _render(self, query: MailboxPageQuery) -> str:
        ids = self._mailbox.find(query.to)
        return self._page.render(
            here=PREFIX,
            at=partial(_address, query),
            query=query,
            total=len(ids),
            mails=self._mailbox.read(ids, limit=query.limit),
            opened=self._mailbox.mail(query.id) if query.id else None,
        )


def _address(query: MailboxPageQuery, **changes: object) -> str:
    """Where the page is with some parameters changed; those at their default are left out."""
    parameters = query.model_copy(update=changes).model_dump(exclude_defaults=True)
    return f"{PREFIX}?{urlencode(parameters)}" if parameters else PREFIX
