"""Captured mail as a page for people."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.core.problems import install_problem_handlers
from app.dispatcher.attachments import Attachment
from app.embedded.mailbox import Mailbox
from app.embedded.mailbox_viewer import mailbox_router
from tests.embedded.mails import deliver

PAGE = "/dev/mail"
ATTACK = "<script>alert('x')</script>"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(mailbox_router(Mailbox(tmp_path)))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://atrium.test") as browser:
        yield browser


async def page(browser: httpx.AsyncClient, **query: str | int) -> str:
    response = await browser.get(PAGE, params=query)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    return response.text


async def test_an_empty_mailbox_says_so(browser: httpx.AsyncClient) -> None:
    assert "No mail yet" in await page(browser)
    assert "No mail to ana@example.com" in await page(browser, to="ana@example.com")


async def test_every_link_on_the_page_leads_somewhere(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    files = (Attachment("a.pdf", "application/pdf", b"%PDF"),)
    mail_id = await deliver(tmp_path, attachments=files)
    await deliver(tmp_path, "ana@example.com")
    html = await page(browser, id=mail_id, to="ben@example.com", limit=1)
    addresses = {unescape(a) for a in re.findall(r'(?:href|src)="([^"]+)"', html)}
    assert f"/dev/mail/messages/{mail_id}/html" in addresses
    assert f"/dev/mail/messages/{mail_id}/attachments/0" in addresses
    assert len(addresses) > 8
    for address in addresses:
        assert (await browser.get(address)).status_code == 200, address


@pytest.mark.parametrize("view", ["html", "phone", "text", "headers"])
async def test_no_word_of_a_mail_becomes_markup(
    browser: httpx.AsyncClient, tmp_path: Path, view: str
) -> None:
    files = (Attachment(ATTACK, "application/pdf", b""),)
    mail_id = await deliver(tmp_path, subject=ATTACK, text=ATTACK, html=ATTACK, attachments=files)
    html = await page(browser, id=mail_id, view=view)
    assert "<script" not in html
    assert "&lt;script&gt;alert" in html


async def test_the_search_is_repeated_as_text(browser: httpx.AsyncClient) -> None:
    html = await page(browser, to=f'"{ATTACK}')
    assert "<script" not in html


async def test_the_policy_lets_the_page_be_what_it_is(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    mail_id = await deliver(tmp_path)
    response = await browser.get(PAGE, params={"id": mail_id})
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "<style" not in response.text
    assert " style=" not in response.text
    assert "//" not in re.sub(r"<dl>.*?</dl>", "", response.text, flags=re.DOTALL)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in response.text


async def test_more_mails_than_fit_are_a_click_away(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    for n in range(3):
        await deliver(tmp_path, subject=f"Mail {n}")
    short = await page(browser, limit=2)
    assert "Mail 0" not in short
    assert 'href="/dev/mail?limit=8">Show more' in short
    assert "Show more" not in await page(browser, limit=3)


@pytest.mark.parametrize(("query", "status"), [("id=nonsense", 404), ("id=", 422), ("view=x", 422)])
async def test_a_wrong_address_is_refused(
    browser: httpx.AsyncClient, query: str, status: int
) -> None:
    response = await browser.get(f"{PAGE}?{query}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
