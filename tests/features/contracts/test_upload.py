"""Contracts from uploaded PDFs, with fields placed on their pages."""

from typing import Any

import pytest

from tests.core.documents.strangers_pdf import HEIGHT, WIDTH, pages, written
from tests.features.contracts.papers import (
    TEAM,
    act,
    consented,
    disclosure,
    pair,
    read,
    send,
    typed,
)
from tests.features.files.uploads import uploaded
from tests.make import Make, Person

PLACE = {"signer": "client", "page": 1, "x": 40, "y": 300, "w": 150, "h": 30}
SIGNATURE = {"kind": "signature", **PLACE}
NICKNAME = {"kind": "text", **PLACE, "y": 400, "label": "Nickname"}
TERMS = {"kind": "checkbox", **PLACE, "y": 500, "w": 12, "h": 12, "label": "I read it"}
DAY = {"kind": "date", **PLACE, "y": 450}


async def drafted(coach: Person, client: Person, *fields: dict[str, Any], turn: int = 0) -> Any:
    file = await uploaded(coach, written(pages(2, turn=turn)), "Retainer.pdf")
    body = {"contact_id": str(client.contact_id), "file_id": file["id"], "fields": fields}
    return await coach.http.post(TEAM, json=body)


async def test_fields_are_filled_in_by_whom_they_are_for(make: Make):
    coach, client = await pair(make)
    made = (await drafted(coach, client, SIGNATURE, NICKNAME, TERMS, DAY)).json()
    assert made["title"] == "Retainer"
    assert made["pages"] == [{"width": WIDTH, "height": HEIGHT}] * 2
    contract = (await send(coach, made)).json()
    await consented(client, contract, await disclosure(client, contract))
    own = {one["kind"]: one["id"] for one in (await read(client, contract))["fields"]}

    empty = await act(client, contract, "sign", **typed(contract))
    assert empty.json()["code"] == "fields_missing"
    assert {one["pointer"] for one in empty.json()["errors"]} == {
        f"/fields/{own['text']}",
        f"/fields/{own['checkbox']}",
    }
    given = {own["text"]: "Countess", own["checkbox"]: "true"}
    signed = await act(client, contract, "sign", **typed(contract, fields=given))
    assert signed.status_code == 200, signed.text
    values = {one["kind"]: one["value"] for one in signed.json()["fields"]}
    assert values["text"] == "Countess"
    assert values["checkbox"] == "true"
    assert values["date"]
    assert values["signature"] is None


async def test_pages_are_measured_as_they_are_seen(make: Make):
    coach, client = await pair(make)
    made = (await drafted(coach, client, turn=90)).json()

    assert made["pages"][0] == {"width": HEIGHT, "height": WIDTH}


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ({**SIGNATURE, "page": 3}, "no_such_page"),
        ({**SIGNATURE, "x": 300}, "off_the_page"),
        ({**SIGNATURE, "signer": "coach"}, "unknown_signer"),
    ],
)
async def test_a_field_lies_on_a_page_and_is_somebodys(
    make: Make, field: dict[str, Any], code: str
):
    coach, client = await pair(make)
    refused = await drafted(coach, client, field)

    assert refused.status_code == 422
    assert [one["code"] for one in refused.json()["errors"]] == [code]


async def test_whoever_signs_needs_a_place_for_it(make: Make):
    coach, client = await pair(make)
    made = (await drafted(coach, client, NICKNAME)).json()
    refused = await send(coach, made)

    assert [one["code"] for one in refused.json()["errors"]] == ["signature_missing"]


async def test_what_is_no_pdf_makes_no_contract(make: Make):
    coach, client = await pair(make)
    file = await uploaded(coach, b"Just words, no more.", "words.txt")
    body = {"contact_id": str(client.contact_id), "file_id": file["id"]}
    refused = await coach.http.post(TEAM, json=body)

    assert refused.json()["code"] == "document_unusable"


async def test_another_practices_file_makes_no_contract(make: Make):
    coach, client = await pair(make)
    stranger = await make.coach()
    file = await uploaded(stranger, written(pages()), "Theirs.pdf")
    body = {"contact_id": str(client.contact_id), "file_id": file["id"]}
    refused = await coach.http.post(TEAM, json=body)

    assert refused.json()["code"] == "document_unusable"


async def test_the_contract_outlives_the_file_it_was_made_from(make: Make):
    coach, client = await pair(make)
    made = (await drafted(coach, client, SIGNATURE)).json()
    file = (await coach.http.get("/v1/files")).json()["data"][0]
    assert (await coach.http.delete(f"/v1/files/{file['id']}")).status_code == 204
    contract = (await send(coach, made)).json()
    shown = await client.http.get(f"/v1/portal/contracts/{contract['id']}/document")

    assert shown.content[:5] == b"%PDF-"
