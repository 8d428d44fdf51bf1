"""The mailed link shows one invoice, and pays it, without signing in."""

import re
from typing import Any
from uuid import UUID

import httpx

from tests.features.invoices.billing import done, issued, money, pair, read
from tests.features.payments.tills import press
from tests.make import Make
from tests.post_office import PostOffice

LINK = re.compile(r"https://portal\.example\.test/pay/([0-9a-f-]+)#token=(pay_[\w-]+)")


async def test_the_link_in_the_mail_pays_the_invoice(
    make: Make, http: httpx.AsyncClient, post_office: PostOffice
):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    await done(owner, invoice, "send")
    mail = await post_office.deliver_to(client.email)
    plain = mail.get_body(("plain",))
    assert plain
    found = LINK.search(plain.get_content())
    assert found
    assert found[1] == invoice["id"]

    shown = await _ask(http, "lookup", invoice, found[2])
    again = await _ask(http, "lookup", invoice, found[2])
    assert shown.json() == again.json()
    assert shown.json()["payable"] is True
    assert shown.json()["amount_due_minor"] == 21420
    page = await _ask(http, "checkout", invoice, found[2])
    await press(http, page.json(), "approved")

    assert money(await read(client, invoice)) == ("paid", 21420, 0, 0)
    assert (await _ask(http, "lookup", invoice, found[2])).json()["payable"] is False
    late = await _ask(http, "checkout", invoice, found[2])
    assert (late.status_code, late.json()["code"]) == (409, "invoice_not_payable")


async def test_a_token_opens_no_other_invoice(make: Make, http: httpx.AsyncClient):
    owner, client = await pair(make)
    mine, other = [await issued(owner, client.contact_id) for _ in range(2)]
    token = make.runtime.mint.derive("pay", owner.workspace_id, UUID(mine["id"]))
    wrong = [
        (other, token),
        (mine, token[:-2] + "AA"),
        (mine, "pay_nonsense"),
        (mine, token.replace("pay_", "inv_")),
        (mine, ""),
    ]
    for invoice, given in wrong:
        for verb in ("lookup", "checkout"):
            answer = await _ask(http, verb, invoice, given)
            assert (answer.status_code, answer.json()["code"]) == (404, "invalid_token")
    assert (await _ask(http, "lookup", mine, token)).status_code == 200


async def test_the_link_gives_the_printed_invoice_too(make: Make, http: httpx.AsyncClient):
    owner, client = await pair(make)
    mine, other = [await issued(owner, client.contact_id) for _ in range(2)]
    token = make.runtime.mint.derive("pay", owner.workspace_id, UUID(mine["id"]))
    printed = await _ask(http, "pdf", mine, token)
    own = await client.http.get(f"/v1/portal/invoices/{mine['id']}/pdf")
    assert (printed.status_code, printed.content) == (200, own.content)
    assert printed.headers["content-type"] == "application/pdf"
    refused = await _ask(http, "pdf", other, token)
    assert (refused.status_code, refused.json()["code"]) == (404, "invalid_token")


async def _ask(
    http: httpx.AsyncClient, verb: str, invoice: dict[str, Any], token: str
) -> httpx.Response:
    return await http.post(f"/v1/public/invoices/{invoice['id']}/{verb}", json={"token": token})
