"""Signing by the mailed link, without an account."""

import re
from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, text

from app.models import Base, ContractSigner
from tests.features.contracts.papers import Mailed, one_sided, pair, read, scribble, sent, typed
from tests.make import Make
from tests.post_office import PostOffice

TOKEN = re.compile(r"#token=(sign_[\w-]+)")
PARTNER = [{"role": "client", "name": "Rui Lima", "email": "rui@example.test"}]


async def mailed_to(make: Make, post_office: PostOffice, address: str) -> Mailed:
    """Whoever reads the mail to this address."""
    [mail] = [one for one in await post_office.deliver() if address in str(one["to"])]
    words = mail.get_body(("plain",))
    assert words
    found = TOKEN.search(words.get_content())
    assert found
    return Mailed(make.anonymous(), found[1])


async def agreed(holder: Mailed) -> None:
    shown = (await holder.ask("lookup")).json()
    digest = shown["disclosure"]["sha256"]
    answer = await holder.ask("consent", disclosure_sha256=digest, accepted=True)
    assert answer.status_code == 200, answer.text


async def test_whoever_holds_the_link_reads_agrees_and_signs(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client, signers=PARTNER, template_id=await one_sided(coach))
    holder = await mailed_to(make, post_office, "rui@example.test")
    shown = (await holder.ask("lookup")).json()
    document = await holder.ask("document")

    assert shown["signing"]["can_sign"]
    assert shown["document_sha256"] == contract["document_sha256"]
    assert document.content[:5] == b"%PDF-"
    await agreed(holder)
    signed = await holder.ask("sign", **typed(contract))
    assert signed.status_code == 200, signed.text
    assert signed.json()["status"] == "completing"
    log = (await coach.http.get(f"/v1/contracts/{contract['id']}/audit")).json()
    told = [(entry["type"], entry["actor"].get("via")) for entry in log["entries"]]
    assert told[2:] == [("viewed", "link"), ("consented", "link"), ("signed", "link")]
    assert log["entries"][-1]["actor"]["ip"]
    assert log["verified"]


async def test_looking_marks_nothing(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    for _ in range(3):
        await holder.ask("lookup")

    assert (await read(coach, contract))["signers"][0]["status"] == "notified"


async def test_no_table_holds_a_token(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    await agreed(holder)
    await holder.ask("sign", **typed(contract))
    secret = holder.token.removeprefix("sign_")[-40:]
    async with make.runtime.database.reading(coach.workspace_id) as session:
        for table in Base.metadata.tables:
            rows = text(f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE :pattern")
            found = await session.scalar(rows, {"pattern": f"%{secret}%"})
            assert found == 0, table


async def test_only_the_digest_of_a_token_is_kept(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    async with make.runtime.database.reading(coach.workspace_id) as session:
        [signer, _] = await session.scalars(select(ContractSigner).order_by(ContractSigner.place))
    assert signer.token_hash
    assert holder.token.encode() not in signer.token_hash


@pytest.mark.parametrize("token", ["sign_AAAA", "inv_x", "x", "sign_" + "A" * 64])
@pytest.mark.parametrize("what", ["lookup", "document"])
async def test_a_made_up_token_opens_nothing(make: Make, token: str, what: str):
    answer = await Mailed(make.anonymous(), token).ask(what)

    assert answer.status_code == 404
    assert answer.json()["code"] == "invalid_token"


async def test_declining_by_link_tells_the_coach(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    declined = await holder.ask("decline", reason="The notice is too long.")

    assert declined.json()["status"] == "declined"
    [mail] = await post_office.deliver()
    assert coach.email in str(mail["to"])
    assert (await read(coach, contract))["end_reason"] == "The notice is too long."
    refused = await holder.ask("sign", **typed(contract))
    assert refused.json()["code"] == "contract_state"


async def test_a_link_of_a_voided_contract_still_tells_what_became_of_it(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    await coach.http.post(f"/v1/contracts/{contract['id']}/void", json={"reason": "Wrong price"})
    shown = (await holder.ask("lookup")).json()

    assert (shown["status"], shown["signing"]["can_sign"]) == ("voided", False)
    assert (await holder.ask("decline", reason="No")).status_code == 409


@pytest.mark.parametrize(
    "image",
    ["not base64!", "aGVsbG8=", scribble("GIF"), scribble("BMP")],
    ids=["not base64", "text", "gif", "bmp"],
)
async def test_only_pictures_of_handwriting_are_taken(
    make: Make, post_office: PostOffice, image: str
):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    await agreed(holder)
    digest = contract["document_sha256"]
    refused = await holder.ask("sign", method="drawn", image=image, document_sha256=digest)

    assert refused.status_code in {415, 422}, refused.text
    assert (await read(coach, contract))["signers"][0]["status"] == "consented"


async def test_a_blank_picture_is_no_signature(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    holder = await mailed_to(make, post_office, client.email)
    await agreed(holder)
    target = BytesIO()
    Image.new("RGBA", (300, 100)).save(target, "PNG")
    image, digest = b64encode(target.getvalue()).decode(), contract["document_sha256"]
    refused = await holder.ask("sign", method="drawn", image=image, document_sha256=digest)

    assert refused.json()["code"] == "picture_unreadable"
