"""Captured mail as JSON for scripts."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.core.edge import install_edge
from app.core.metrics import Metrics
from app.core.problems import install_problem_handlers
from app.dispatcher.addresses import Address
from app.dispatcher.attachments import Attachment
from app.dispatcher.captured_files import path_of
from app.embedded.mailbox import Mailbox
from app.embedded.mailbox_viewer import mailbox_router
from tests.embedded.mails import SENDER, deliver

MESSAGES = "/dev/mail/messages"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_problem_handlers(app)
    install_edge(app, metrics=Metrics())
    app.include_router(mailbox_router(Mailbox(tmp_path)))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://atrium.test") as browser:
        yield browser


async def listed(browser: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    response = await browser.get(MESSAGES, params=query)
    assert response.status_code == 200
    mails: list[dict[str, Any]] = response.json()["data"]
    return mails


async def test_a_mail_is_listed_with_all_a_script_needs(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    button = '<a class="b" href="https://portal.example/invite?a=1&amp;b=2#t">Accept</a>'
    mail_id = await deliver(
        tmp_path,
        subject="Grüße von Zoë",
        text="Accept: https://portal.example/invite?a=1&b=2#t.\nHelp: <https://help.example/a>\n",
        html=f"<p>{button}<a href='mailto:a@b.c'>us</a></p>",
        date=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        attachments=(Attachment("Plan für Ben.pdf", "application/pdf", b"%PDF"),),
    )
    assert await listed(browser) == [
        {
            "id": mail_id,
            "to": "ben@example.com",
            "from": f"Berg, Anna <{SENDER}>",
            "subject": "Grüße von Zoë",
            "date": "2026-11-22T09:30:00Z",
            "text": "Accept: https://portal.example/invite?a=1&b=2#t.\n"
            "Help: <https://help.example/a>\n",
            "links": ["https://portal.example/invite?a=1&b=2#t", "https://help.example/a"],
            "attachments": [
                {
                    "index": 0,
                    "filename": "Plan für Ben.pdf",
                    "content_type": "application/pdf",
                    "size": 4,
                }
            ],
        }
    ]


async def test_an_empty_mailbox_lists_nothing(browser: httpx.AsyncClient) -> None:
    assert await listed(browser) == []


async def test_the_newest_come_first(browser: httpx.AsyncClient, tmp_path: Path) -> None:
    ids = [await deliver(tmp_path) for _ in range(5)]
    assert [mail["id"] for mail in await listed(browser)] == ids[::-1]
    assert [mail["id"] for mail in await listed(browser, limit=2)] == ids[:2:-1]


async def test_someones_mails_are_found_whatever_the_case(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    await deliver(tmp_path, "ana@example.com")
    wanted = await deliver(tmp_path, "Ben@Bücher.example")
    await deliver(tmp_path, "ana@example.com")
    for address in ("ben@bücher.example", "BEN@xn--bcher-kva.example", " ben@bücher.example "):
        assert [mail["id"] for mail in await listed(browser, to=address)] == [wanted]
    assert await listed(browser, to="cleo@example.com") == []
    assert await listed(browser, to="no address") == []


async def test_only_the_mails_in_the_answer_are_opened(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    ids = [await deliver(tmp_path, f"{name}@example.com") for name in ("ana", "ben", "ana", "ben")]
    for unread in ids[:3:2]:
        path_of(tmp_path, unread).unlink()
        path_of(tmp_path, unread).mkdir()  # opening it would fail
    assert [mail["id"] for mail in await listed(browser, limit=1)] == ids[3:]
    assert [mail["id"] for mail in await listed(browser, to="ben@example.com")] == ids[3::-2]


async def test_the_html_can_run_nothing(browser: httpx.AsyncClient, tmp_path: Path) -> None:
    mail_id = await deliver(tmp_path, html="<p>Hello <script>alert(1)</script></p>")
    response = await browser.get(f"{MESSAGES}/{mail_id}/html")
    assert response.text == "<p>Hello <script>alert(1)</script></p>"
    policy = response.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'no")
    assert "script-src" not in policy


async def test_the_raw_mail_is_what_was_sent(browser: httpx.AsyncClient, tmp_path: Path) -> None:
    mail_id = await deliver(tmp_path)
    response = await browser.get(f"{MESSAGES}/{mail_id}/raw")
    assert response.content == path_of(tmp_path, mail_id).read_bytes()
    assert response.content.startswith(f"Return-Path: <{SENDER}>\r\nMessage-ID: ".encode())
    assert response.headers["content-type"].startswith("text/plain")


async def test_an_attachment_is_saved_never_opened(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    files = (
        Attachment("a.pdf", "application/pdf", b"%PDF"),
        Attachment("Seite für Zoë.html", "text/html", b"<script>alert(1)</script>"),
    )
    mail_id = await deliver(tmp_path, attachments=files)
    response = await browser.get(f"{MESSAGES}/{mail_id}/attachments/1")
    assert response.content == files[1].content
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Seite%20f%C3%BCr%20Zo%C3%AB.html"
    )


@pytest.mark.parametrize(
    "path",
    [
        "nonsense/html",
        "nonsense/raw",
        "nonsense/attachments/0",
        "..%2f..%2fsecret/raw",
        "%2e%2e/raw",
        "0197a1b2000070008000000000000001-0123456789abcdef/raw",
        "0197a1b2000070008000000000000001-0123456789abcdef/attachments/0",
        "{id}%0a/raw",
        "{id}/attachments/1",
        "{id}/attachments/-1",
        "{id}/attachments/00",
        "{id}/attachments/x",
        "{id}/attachments/99999999999999999999999999",
        "{id}/other",
    ],
)
async def test_what_is_not_there_is_not_found(
    browser: httpx.AsyncClient, tmp_path: Path, path: str
) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "secret.eml").write_text("secret")
    mail_id = await deliver(tmp_path, attachments=(Attachment("a.pdf", "application/pdf", b""),))
    response = await browser.get(f"{MESSAGES}/{path.format(id=mail_id)}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=1001",
        "limit=99999999999999999999999",
        "limit=x",
        "limit=",
        "to=a%0ab",
        "to=" + "a" * 321,
        "nonsense=1",
    ],
)
@pytest.mark.parametrize("path", [MESSAGES, "/dev/mail"])
async def test_a_wrong_question_is_refused(
    browser: httpx.AsyncClient, path: str, query: str
) -> None:
    response = await browser.get(f"{path}?{query}")
    assert (response.status_code, response.json()["code"]) == (422, "validation_failed")


@pytest.mark.parametrize("path", [f"{MESSAGES}?to=%00", f"{MESSAGES}/%00/raw", "/dev/mail?id=%00"])
async def test_nul_is_refused(browser: httpx.AsyncClient, path: str) -> None:
    response = await browser.get(path)
    assert 400 <= response.status_code < 500
    assert response.headers["content-type"] == "application/problem+json"


async def test_the_mailbox_is_not_in_the_api_document(tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(mailbox_router(Mailbox(tmp_path)))
    assert app.openapi()["paths"] == {}


async def test_a_name_with_a_comma_stays_one_name(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    await deliver(tmp_path, sender=Address("Bergström, Zoë", SENDER))
    (mail,) = await listed(browser)
    assert mail["from"] == f"Bergström, Zoë <{SENDER}>"
