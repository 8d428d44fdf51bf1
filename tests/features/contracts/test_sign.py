"""From a draft to the last signature, in order, by session."""

from email.message import EmailMessage
from typing import Any

from tests.features.contracts.papers import (
    act,
    consented,
    disclosure,
    draft,
    pair,
    read,
    scribble,
    send,
    sent,
    signed_by,
    typed,
)
from tests.make import Make
from tests.post_office import PostOffice


def text_of(mail: EmailMessage) -> str:
    text = mail.get_body(("plain",))
    assert text
    return str(text.get_content())


def signer(contract: dict[str, Any], who: str) -> dict[str, Any]:
    [found] = [one for one in contract["signers"] if one["who"] == who]
    return dict(found)


async def test_a_draft_is_seen_by_the_team_alone(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await draft(coach, client)

    assert contract["status"] == "draft"
    assert [one["who"] for one in contract["signers"]] == ["client", "coach"]
    assert contract["document_sha256"] is None
    assert (await client.http.get(f"/v1/portal/contracts/{contract['id']}")).status_code == 404
    assert (await client.http.get("/v1/portal/contracts")).json()["data"] == []
    assert await post_office.deliver() == []


async def test_sending_freezes_the_bytes_and_asks_the_first(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client, message="Please read it first.")

    assert contract["status"] == "sent"
    assert len(contract["document_sha256"]) == 64
    assert signer(contract, "client")["status"] == "notified"
    assert signer(contract, "coach")["status"] == "waiting"
    assert {one["kind"] for one in contract["fields"]} == {"signature", "date"}
    [mail] = await post_office.deliver()
    assert client.email in mail["to"]
    assert "#token=sign_" in text_of(mail)
    assert "Please read it first." in text_of(mail)


async def test_both_sign_in_order(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await post_office.deliver()
    digest = await disclosure(client, contract)

    early = await act(coach, contract, "consent", disclosure_sha256=digest, accepted=True)
    assert early.json()["code"] == "not_your_turn"

    seen = await signed_by(client, contract, digest)
    assert seen["signing"]["status"] == "signed"
    mails = await post_office.deliver()
    told = [str(mail["subject"]) for mail in mails if coach.email in str(mail["to"])]
    assert len(told) == len(mails) == 2
    assert any(" signed: " in subject for subject in told)
    assert any(subject.startswith("Your turn to sign: ") for subject in told)
    after = await signed_by(coach, contract, digest)
    assert after["status"] == "completing"


async def test_nobody_signs_without_agreeing_first(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    refused = await act(client, contract, "sign", **typed(contract))

    assert refused.status_code == 409
    assert refused.json()["code"] == "consent_missing"


async def test_another_disclosure_is_not_agreed_to(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    refused = await act(client, contract, "consent", disclosure_sha256="0" * 64, accepted=True)

    assert refused.json()["code"] == "disclosure_changed"


async def test_another_document_is_not_signed(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await consented(client, contract, await disclosure(client, contract))
    other = {**contract, "document_sha256": "0" * 64}
    refused = await act(client, contract, "sign", **typed(other))

    assert refused.status_code == 409
    assert refused.json()["code"] == "document_changed"


async def test_a_drawn_signature_is_kept_as_a_small_picture(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await consented(client, contract, await disclosure(client, contract))
    drawn = {"method": "drawn", "image": scribble(), "document_sha256": contract["document_sha256"]}
    answer = await act(client, contract, "sign", **drawn)

    assert answer.status_code == 200, answer.text
    assert answer.json()["signing"]["status"] == "signed"


async def test_the_document_opened_in_the_portal_is_noted_once(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    path = f"/v1/portal/contracts/{contract['id']}/document"
    opened = await client.http.get(path)
    again = await client.http.get(path, headers={"Range": "bytes=0-7"})

    assert opened.content[:5] == b"%PDF-"
    assert again.status_code == 206
    assert again.content == opened.content[:8]
    assert signer(await read(coach, contract), "client")["status"] == "viewed"
    log = (await coach.http.get(f"/v1/contracts/{contract['id']}/audit")).json()
    assert [entry["type"] for entry in log["entries"]] == ["created", "sent", "viewed"]
    assert log["verified"]


async def test_missing_variables_are_named(make: Make):
    coach, client = await pair(make)
    contract = await draft(coach, client, variables={})
    refused = await send(coach, contract)

    assert refused.status_code == 422
    assert refused.json()["code"] == "variables_missing"
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/variables/custom.notice"]
    assert (await read(coach, contract))["status"] == "draft"
