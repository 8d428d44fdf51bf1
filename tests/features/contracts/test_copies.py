"""Copies: whoever is only copied in blocks nobody, and gets the sealed document in the end."""

from tests.features.contracts.papers import (
    disclosure,
    draft,
    one_sided,
    pair,
    read,
    send,
    signed_by,
)
from tests.make import Make
from tests.post_office import PostOffice

COPIED = {"role": "cc", "name": "Noa Peretz", "email": "noa@example.test"}


async def test_a_cc_is_written_to_once_it_is_sealed(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    signers = [{"role": "client"}, COPIED]
    made = await draft(coach, client, template_id=await one_sided(coach), signers=signers)
    contract = (await send(coach, made)).json()
    asked = await post_office.deliver()
    assert not [mail for mail in asked if "noa@example.test" in str(mail["to"])]
    await signed_by(client, contract, await disclosure(client, contract))

    mails = await post_office.deliver()
    [copy] = [mail for mail in mails if "noa@example.test" in str(mail["to"])]
    [pdf] = copy.iter_attachments()
    assert pdf.get_content_type() == "application/pdf"
    words = copy.get_body(("plain",))
    assert words
    assert "token" not in words.get_content()
    completed = await read(coach, contract)
    assert completed["status"] == "completed"
    assert completed["signers"][-1]["status"] == "notified"


async def test_both_documents_can_be_had_afterwards(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    signers = [{"role": "client"}]
    made = await draft(coach, client, template_id=await one_sided(coach), signers=signers)
    contract = (await send(coach, made)).json()
    await signed_by(client, contract, await disclosure(client, contract))
    await post_office.deliver()
    path = f"/v1/portal/contracts/{contract['id']}/document"
    sealed = await client.http.get(path)
    original = await client.http.get(path, params={"version": "original"})

    assert sealed.content != original.content
    assert original.headers["ETag"] == f'"{contract["document_sha256"][:32]}"'
