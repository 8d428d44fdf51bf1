"""Paying through the API, as most of these tests begin."""

from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.fake_stripe import KEY, WEBHOOK_SECRET
from tests.make import Person

KEYS = {"secret_key": KEY, "webhook_secret": WEBHOOK_SECRET}


async def connect(owner: Person) -> dict[str, Any]:
    """The practice is paid through Stripe from now on."""
    answer = await owner.http.put("/v1/payment-settings/stripe", json=KEYS)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def ask_checkout(client: Person, invoice: dict[str, Any]) -> httpx.Response:
    url = f"/v1/portal/invoices/{invoice['id']}/checkout"
    return await client.http.post(url, headers={"Idempotency-Key": uuid4().hex})


async def checkout(client: Person, invoice: dict[str, Any]) -> dict[str, Any]:
    answer = await ask_checkout(client, invoice)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def tell(
    http: httpx.AsyncClient, workspace_id: UUID, message: tuple[bytes, dict[str, str]]
) -> httpx.Response:
    """A webhook arrives."""
    body, headers = message
    url = f"/v1/public/payment-webhooks/stripe/{workspace_id}"
    return await http.post(url, content=body, headers=headers)


async def press(http: httpx.AsyncClient, page: dict[str, Any], decision: str) -> httpx.Response:
    """A button of play money's page."""
    return await http.post(path_of(page), data={"decision": decision})


def path_of(page: dict[str, Any]) -> str:
    return str(httpx.URL(page["url"]).path)


def to(mails: list[EmailMessage], person: Person) -> list[str]:
    """The subjects of what was written to somebody."""
    return [str(mail["subject"]) for mail in mails if person.email in str(mail["to"])]
