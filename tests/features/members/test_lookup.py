"""The page of an invitation asks what it is about."""

import httpx
import pytest

from app.core.ids import new_id
from tests.features.images.uploads import uploaded
from tests.features.members.journey import accept, expired, invited, look_up, pending
from tests.make import Make


async def test_it_says_who_invites_whom(make: Make, http: httpx.AsyncClient) -> None:
    owner = await make.coach()
    image = await uploaded(owner)
    await owner.http.patch(
        "/v1/workspace",
        json={"name": "Berg Coaching", "branding": {"logo_file_id": image["id"]}},
        headers={"If-Match": "*"},
    )
    await owner.http.patch("/v1/profile", json={"display_name": "Maya Berg"})
    _, token = await invited(make, owner, role="assistant")

    answer = await look_up(http, token)

    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found.pop("expires_at") == (await pending(owner))[0]["expires_at"]
    assert found == {
        "workspace_name": "Berg Coaching",
        "invited_by": "Maya Berg",
        "logo_url": image["url"],
        "accent_color": "#4f46e5",
        "masked_email": "k•••@example.test",
        "name": "Kim",
        "role": "assistant",
        "account_exists": False,
        "expired": False,
    }


async def test_it_changes_nothing_however_often_it_is_asked(
    make: Make, http: httpx.AsyncClient
) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner)
    before = await pending(owner)

    answers = [(await look_up(http, token)).json() for _ in range(5)]

    assert answers == [answers[0]] * 5
    assert await pending(owner) == before
    assert (await accept(http, token)).status_code == 200


async def test_it_knows_whether_there_is_an_account(make: Make, http: httpx.AsyncClient) -> None:
    owner, other = await make.coach(), await make.coach()
    client = await make.client(workspace_id=other.workspace_id)
    _, token = await invited(make, owner, client.email)

    assert (await look_up(http, token)).json()["account_exists"]


async def test_an_expired_one_says_so(make: Make, http: httpx.AsyncClient) -> None:
    owner = await make.coach()
    _, token = await expired(make, owner)

    answer = await look_up(http, token)

    assert answer.status_code == 200
    assert answer.json()["expired"]


async def test_an_accepted_one_says_so(make: Make, http: httpx.AsyncClient) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner)
    await accept(http, token)

    answer = await look_up(http, token)

    assert (answer.status_code, answer.json()["code"]) == (410, "invite_already_accepted")


@pytest.mark.parametrize("token", ["x", "mem_x", "mem_", "inv_" + "A" * 64, "mem_" + "A" * 64])
async def test_made_up_tokens_are_unknown(http: httpx.AsyncClient, token: str) -> None:
    for answer in (await look_up(http, token), await accept(http, token)):
        assert (answer.status_code, answer.json()["code"]) == (404, "invalid_token")


async def test_another_practices_token_for_this_invite_is_unknown(
    make: Make, http: httpx.AsyncClient
) -> None:
    owner, other = await make.coach(), await make.coach()
    invite_id, _ = await invited(make, owner)
    mint = make.runtime.mint

    for forged in (
        mint.derive("mem", other.workspace_id, new_id()),
        mint.derive("inv", owner.workspace_id, new_id()),
    ):
        assert (await look_up(http, forged)).status_code == 404
    assert invite_id


@pytest.mark.parametrize("body", [{}, {"token": None}, {"token": 5}, {"token": "x" * 201}])
async def test_bad_questions_are_refused(http: httpx.AsyncClient, body: dict[str, object]) -> None:
    answer = await http.post("/v1/public/member-invites/lookup", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/token"
