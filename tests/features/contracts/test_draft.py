"""Drafts: made, changed, refused, previewed."""

from typing import Any

import pytest

from tests.features.contracts.papers import BOTH, TEAM, draft, pair, send, sent, template
from tests.make import Make, Person

NOBODY = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"


async def create(coach: Person, client: Person, **fields: Any) -> tuple[int, str]:
    body = {"contact_id": str(client.contact_id), "template_id": await template(coach), **fields}
    answer = await coach.http.post(TEAM, json=body)
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"template_id": NOBODY}, "unknown_template"),
        ({"contact_id": NOBODY}, "unknown_contact"),
        ({"enrollment_id": NOBODY}, "unknown_enrollment"),
        ({"file_id": NOBODY}, "validation_failed"),
        ({"template_id": None}, "validation_failed"),
        ({"signers": [{"role": "client"}, {"role": "client"}]}, "contract_unusable"),
        ({"signers": [{"role": "coach", "member_id": NOBODY}]}, "contract_unusable"),
        ({"signers": [{"role": "cc", "name": "A", "email": "a@b.test"}]}, "contract_unusable"),
        ({"signers": [{"role": "cc"}]}, "validation_failed"),
        ({"signers": [{"role": "coach", "name": "A", "email": "a@b.test"}]}, "validation_failed"),
        ({"variables": {"Not A Name": "x"}}, "validation_failed"),
    ],
)
async def test_what_makes_no_contract_is_refused(make: Make, fields: dict[str, Any], code: str):
    coach, client = await pair(make)

    assert await create(coach, client, **fields) == (422, code)


async def test_a_draft_is_changed_by_whoever_knows_its_version(make: Make):
    coach, client = await pair(make)
    contract = await draft(coach, client)
    path, tag = f"{TEAM}/{contract['id']}", f'"v{contract["version"]}"'
    changed = await coach.http.patch(
        path,
        json={
            "title": "Ours",
            "signers": [*BOTH, {"role": "cc", "name": "A", "email": "a@b.test"}],
        },
        headers={"If-Match": tag},
    )

    assert changed.status_code == 200, changed.text
    assert changed.json()["title"] == "Ours"
    assert [one["who"] for one in changed.json()["signers"]] == ["client", "coach", "cc"]
    stale = await coach.http.patch(path, json={"title": "Mine"}, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert (await coach.http.patch(path, json={"title": "Mine"})).status_code == 428


async def test_what_was_sent_is_not_changed(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    path = f"{TEAM}/{contract['id']}"
    refused = await coach.http.patch(path, json={"title": "Ours"}, headers={"If-Match": "*"})

    assert refused.json()["code"] == "contract_state"


async def test_a_draft_is_previewed_with_what_is_missing_in_brackets(make: Make):
    coach, client = await pair(make)
    contract = await draft(coach, client, variables={})
    shown = await coach.http.get(f"{TEAM}/{contract['id']}/document")

    assert shown.status_code == 200
    assert shown.content[:5] == b"%PDF-"


async def test_a_text_with_places_for_nobody_is_not_sent(make: Make):
    coach, client = await pair(make)
    body = "Signed: {{signature:client}} {{signature:client2}}"
    contract = await draft(coach, client, template_id=await template(coach, body))
    refused = await send(coach, contract)

    assert refused.json()["errors"][0]["code"] == "signer_missing"


async def test_two_signers_need_two_mailboxes(make: Make):
    coach, client = await pair(make)
    signers = [{"role": "client"}, {"role": "client", "name": "Rui", "email": client.email.upper()}]
    contract = await draft(coach, client, signers=signers)
    refused = await send(coach, contract)

    assert refused.json()["errors"][0]["code"] == "same_address"


async def test_sending_twice_under_one_key_is_once(make: Make):
    coach, client = await pair(make)
    contract = await draft(coach, client)
    headers = {"Idempotency-Key": "the-same"}
    path = f"{TEAM}/{contract['id']}/send"
    first = await coach.http.post(path, headers=headers)
    again = await coach.http.post(path, headers=headers)

    assert first.status_code == again.status_code == 200
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.json() == again.json()


async def test_lists_narrow_down(make: Make):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await draft(coach, client)
    listed = await coach.http.get(TEAM, params={"status": "sent"})

    assert [one["id"] for one in listed.json()["data"]] == [contract["id"]]
    assert len((await coach.http.get(TEAM)).json()["data"]) == 2
