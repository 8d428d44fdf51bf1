"""Letters about invoices: who gets which, with what attached."""

import hashlib
import io
from collections import Counter
from collections.abc import Sequence
from email.message import EmailMessage

import pikepdf
from fastapi import FastAPI

from app.core.storage import Storage
from tests.features.invoices.billing import TEAM, act, done, draft, issued, pair, read
from tests.features.invoices.papers import complaints, xml_in
from tests.make import Make, Person
from tests.post_office import PostOffice


def told(mail: Sequence[EmailMessage], *people: Person) -> list[tuple[Person, str]]:
    """Who got which subject."""
    return [
        (one, str(message["subject"]))
        for message in mail
        for one in people
        if one.email in str(message["to"])
    ]


def attached(message: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]


async def test_an_invoice_is_sent_with_its_paper(make: Make, post_office: PostOffice):
    owner, client = await pair(make)
    one = await draft(owner, client.contact_id)
    assert (await act(owner, one, "send")).json()["code"] == "invoice_state"
    one = await done(owner, one, "finalize")
    assert await post_office.deliver() == []
    sent = await done(owner, one, "send", {"message": "Thank you!"})
    assert sent["sent_at"]
    [message] = await post_office.deliver()
    number = one["number"]
    assert told([message], client) == [(client, f"Invoice {number} from Practice 1")]
    [(name, content)] = attached(message)
    assert name == f"{number}.pdf"
    assert content == (await owner.http.get(f"{TEAM}/{one['id']}/pdf")).content
    assert complaints(xml_in(content)) == []
    plain = message.get_body(("plain",))
    assert plain
    assert f"https://portal.example.test/pay/{one['id']}" in plain.get_content()
    await done(owner, one, "send")
    [(_, subject)] = told(await post_office.deliver(), client)
    assert subject.startswith("Once more")


async def test_the_paper_never_changes_and_is_for_those_it_concerns(make: Make, app: FastAPI):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    url = f"{TEAM}/{one['id']}/pdf"
    first = await owner.http.get(url)
    assert first.headers["content-type"] == "application/pdf"
    assert one["number"] in first.headers["content-disposition"]
    settings = {"branding": {"accent_color": "#aa0000"}, "invoice_settings": {"footer": "New"}}
    await owner.http.patch("/v1/workspace", json=settings, headers={"If-Match": "*"})
    again = await client.http.get(f"/v1/portal/invoices/{one['id']}/pdf")
    assert again.content == first.content
    known = {"If-None-Match": first.headers["etag"]}
    assert (await owner.http.get(url, headers=known)).status_code == 304
    storage: Storage = app.state.runtime.storage
    digest = hashlib.sha256(first.content).hexdigest()
    kept = await storage.read_whole(f"papers/{owner.workspace_id}/{digest}")
    assert kept == first.content
    assert await read(owner, one) == one
    other = await draft(owner, client.contact_id)
    assert (await owner.http.get(f"{TEAM}/{other['id']}/pdf")).status_code == 409


async def test_a_payment_is_told_to_both_and_its_parts_are_confirmed(
    make: Make, post_office: PostOffice
):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    name = one["contact_name"]
    await done(owner, one, "payments", {"amount_minor": 5000})
    [(reader, subject)] = told(await post_office.deliver(), owner, client)
    assert (reader, subject) == (client, f"Your payment of €50.00 for invoice {one['number']}")
    await done(owner, one, "payments", {"amount_minor": 20000})
    mail = Counter(told(await post_office.deliver(), owner, client))
    assert mail == {
        (client, f"Receipt for invoice {one['number']}: €214.20"): 1,
        (owner, f"{name} has paid invoice {one['number']}"): 1,
        (owner, f"{name} paid €35.80 that nothing was due for"): 1,
    }
    await done(owner, one, "refunds", {"amount_minor": 3580})
    back = told(await post_office.deliver(), owner, client)
    assert {reader.email for reader, _ in back} == {owner.email, client.email}
    assert all("€35.80" in subject for _, subject in back)


async def test_money_on_a_void_invoice_is_told_to_the_coach(make: Make, post_office: PostOffice):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "void")
    assert await post_office.deliver() == []
    await done(owner, one, "payments", {"amount_minor": 100})
    [(reader, _)] = told(await post_office.deliver(), owner, client)
    assert reader is owner


async def test_a_client_who_was_sent_it_is_told_that_it_is_void(
    make: Make, post_office: PostOffice
):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "send")
    await post_office.deliver()
    await done(owner, one, "void")
    [(reader, subject)] = told(await post_office.deliver(), owner, client)
    assert (reader, subject) == (client, f"Invoice {one['number']} no longer counts")


async def test_what_was_voided_before_it_was_printed_is_not_sent(
    make: Make, post_office: PostOffice
):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "send")
    await done(owner, one, "void")
    subjects = [subject for _, subject in told(await post_office.deliver(), client)]
    assert subjects == [f"Invoice {one['number']} no longer counts"]


async def test_the_logo_is_on_it_and_one_that_can_not_be_drawn_stops_nothing(make: Make):
    from tests.pictures import png  # noqa: PLC0415 - only here

    owner, client = await pair(make)
    picture = await owner.http.post(
        "/v1/images", content=png(), headers={"Content-Type": "image/png"}
    )
    branding = {"branding": {"logo_file_id": picture.json()["id"]}}
    await owner.http.patch("/v1/workspace", json=branding, headers={"If-Match": "*"})
    one = await issued(owner, client.contact_id)
    pdf = (await owner.http.get(f"{TEAM}/{one['id']}/pdf")).content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.pages[0].get_images()
