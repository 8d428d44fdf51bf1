"""Where notifications lead: to the page inside, also where the letter's button needs no sign-in."""

from tests.features.contracts import papers
from tests.features.invoices import billing
from tests.features.notifications.reading import told
from tests.make import Make
from tests.post_office import PostOffice


async def test_a_contract_to_sign_is_opened_inside(make: Make, post_office: PostOffice):
    coach, client = await papers.pair(make)
    contract = await papers.sent(coach, client)

    [message] = await post_office.deliver()

    plain = message.get_body(("plain",))
    assert plain
    assert "/contracts/sign#token=" in plain.get_content()
    [notice] = await told(client)
    assert notice["path"] == f"/contracts/{contract['id']}"


async def test_an_invoice_to_pay_is_opened_inside(make: Make, post_office: PostOffice):
    owner, client = await billing.pair(make)
    invoice = await billing.issued(owner, client.contact_id)
    await billing.done(owner, invoice, "send")

    await post_office.deliver()

    [notice] = await told(client)
    assert notice["path"] == f"/invoices/{invoice['id']}"
