"""An invited person joins the team."""

from typing import Any

import httpx
import pytest

from tests.features.members.journey import (
    KIM,
    MEMBERS,
    PUBLIC,
    accept,
    events,
    expired,
    invited,
    pending,
    remove,
    team_of,
)
from tests.make import Make
from tests.post_office import PostOffice


async def test_a_new_account_is_signed_in_to_the_practice(
    make: Make, http: httpx.AsyncClient
) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner, role="assistant")

    answer = await accept(http, token, name="Kim Lee", time_zone="Pacific/Auckland")

    assert answer.status_code == 200, answer.text
    signed_in = answer.json()
    assert signed_in["space"] == {
        "workspace_id": str(owner.workspace_id),
        "workspace_name": signed_in["space"]["workspace_name"],
        "role": "assistant",
        "contact_id": None,
    }
    user = signed_in["user"]
    assert (user["email"], user["name"]) == (KIM, "Kim Lee")
    assert user["email_verified"]
    assert user["time_zone"] == "Pacific/Auckland"
    http.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
    team = (await http.get(MEMBERS)).json()["data"]
    assert [(member["email"], member["role"]) for member in team] == [
        (owner.email, "owner"),
        (KIM, "assistant"),
    ]
    assert await pending(owner) == []


async def test_what_is_left_unsaid_is_taken_from_the_invitation_and_the_practice(
    make: Make, http: httpx.AsyncClient
) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner)

    user = (await accept(http, token)).json()["user"]

    assert (user["name"], user["time_zone"]) == ("Kim", "Europe/Berlin")


async def test_somebody_without_a_name_is_asked_for_one(
    make: Make, http: httpx.AsyncClient
) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner, name=None)

    refused = await accept(http, token)

    assert (refused.status_code, refused.json()["code"]) == (422, "name_required")
    assert (await accept(http, token, name="Kim")).status_code == 200


async def test_a_person_with_an_account_joins_with_it(make: Make) -> None:
    owner, elsewhere = await make.coach(), await make.coach()
    kim = await make.coach(role="coach", workspace_id=elsewhere.workspace_id)
    _, token = await invited(make, owner, kim.email.upper(), role="owner")

    answer = await kim.http.post(f"{PUBLIC}/accept", json={"token": token})

    assert answer.status_code == 200, answer.text
    spaces = {space["workspace_id"]: space["role"] for space in answer.json()["spaces"]}
    assert spaces == {str(owner.workspace_id): "owner", str(elsewhere.workspace_id): "coach"}
    assert answer.json()["space"]["workspace_id"] == str(owner.workspace_id)


async def test_without_signing_in_that_person_is_asked_to(
    make: Make, http: httpx.AsyncClient
) -> None:
    owner, elsewhere = await make.coach(), await make.coach()
    _, token = await invited(make, owner, elsewhere.email)

    refused = await accept(http, token)

    assert (refused.status_code, refused.json()["code"]) == (409, "account_exists")
    assert len(await pending(owner)) == 1


async def test_another_persons_account_is_refused(make: Make) -> None:
    owner, stranger = await make.coach(), await make.coach()
    _, token = await invited(make, owner)

    refused = await accept(stranger.http, token)

    assert (refused.status_code, refused.json()["code"]) == (409, "invite_email_mismatch")
    assert len(await pending(owner)) == 1
    assert list(await team_of(owner)) == [str(owner.member_id)]


async def test_a_used_link_says_so(make: Make, http: httpx.AsyncClient) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner)
    await accept(http, token)

    again = await accept(http, token)

    assert (again.status_code, again.json()["code"]) == (410, "invite_already_accepted")
    assert len(await team_of(owner)) == 2


async def test_an_expired_link_says_so(make: Make, http: httpx.AsyncClient) -> None:
    owner = await make.coach()
    _, token = await expired(make, owner)

    refused = await accept(http, token)

    assert (refused.status_code, refused.json()["code"]) == (410, "invite_expired")
    assert len(await team_of(owner)) == 1


async def test_who_left_may_come_back(make: Make, http: httpx.AsyncClient) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner)
    first = (await accept(http, token)).json()
    [member_id] = set(await team_of(owner)) - {str(owner.member_id)}
    await remove(owner, member_id)
    _, token = await invited(make, owner, role="owner")
    http.headers["Authorization"] = f"Bearer {first['access_token']}"
    gone = await accept(http, token)
    http.headers["Authorization"] = f"Bearer {await _signed_in(http)}"

    back = await accept(http, token)

    assert gone.status_code == 401
    assert back.status_code == 200, back.text
    assert back.json()["space"]["role"] == "owner"
    assert len(await team_of(owner)) == 2


async def test_owners_hear_of_it(make: Make, post_office: PostOffice) -> None:
    owner = await make.coach()
    await make.coach(role="coach", workspace_id=owner.workspace_id)
    _, token = await invited(make, owner)
    await post_office.deliver()
    async with make.anonymous() as browser:
        await accept(browser, token)

    mail = await post_office.deliver_to(owner.email)

    assert "Kim" in mail["subject"]
    [event] = await events(make, owner.workspace_id, "member.joined")
    assert event.data == {"member_id": str(event.subject_id), "name": "Kim"}
    assert str(event.subject_id) in await team_of(owner)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("password_required", {"password": None}),
        ("weak_password", {"password": "password1234"}),
        ("weak_password", {"password": "kim@example.test!"}),
        ("validation_failed", {"password": "short"}),
        ("validation_failed", {"name": " "}),
        ("validation_failed", {"time_zone": "Mars/Olympus"}),
        ("validation_failed", {"role": "owner"}),
    ],
)
async def test_bad_answers_are_refused_and_the_link_still_works(
    make: Make, http: httpx.AsyncClient, code: str, body: dict[str, Any]
) -> None:
    owner = await make.coach()
    _, token = await invited(make, owner)

    refused = await accept(http, token, **body)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await accept(http, token)).json()["space"]["role"] == "coach"


async def _signed_in(http: httpx.AsyncClient) -> str:
    """Kim's access token, bound to no practice."""
    del http.headers["Authorization"]
    answer = await http.post(
        "/v1/auth/login", json={"email": KIM, "password": "larks over the quiet lake"}
    )
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token
