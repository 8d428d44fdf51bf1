import httpx
import pytest
from sqlalchemy import select

from app.core.db import Database
from app.models import CoachProfile, Event, Member, Workspace, WorkspaceListing
from tests.features.accounts.people import PASSWORD, bearer, code_of, registration
from tests.make import Make


async def test_registering_answers_a_signed_in_owner(http: httpx.AsyncClient):
    answer = await http.post("/v1/auth/register", json=registration())

    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["token_type"] == "bearer"
    assert body["expires_in"] == 600
    assert body["refresh_token"].startswith("rft_")
    assert body["user"]["email"] == "maya@example.test"
    assert body["user"]["email_verified"] is False
    assert body["space"]["workspace_name"] == "Maya's Coaching"
    assert body["space"]["role"] == "owner"
    assert body["spaces"] == [body["space"]]


async def test_the_practice_has_its_owner_profile_and_event(
    http: httpx.AsyncClient, database: Database
):
    body = (await http.post("/v1/auth/register", json=registration())).json()

    workspace_id = body["space"]["workspace_id"]
    async with database.reading(workspace_id) as session:
        practice = await session.scalar(select(Workspace))
        member = await session.scalar(select(Member))
        profile = await session.scalar(select(CoachProfile))
        events = (await session.scalars(select(Event.type))).all()
    assert practice
    assert (practice.slug, practice.time_zone) == ("mayas-coaching", "Europe/Berlin")
    assert member
    assert member.role == "owner"
    assert profile
    assert (profile.member_id, profile.display_name) == (member.id, "Maya Okafor")
    assert events == ["workspace.registered"]


async def test_the_access_token_opens_the_practice(http: httpx.AsyncClient):
    body = (await http.post("/v1/auth/register", json=registration())).json()

    answer = await http.get("/v1/contacts", headers=bearer(body))

    assert answer.status_code == 200


async def test_a_taken_slug_gets_a_suffix(http: httpx.AsyncClient, database: Database):
    for name in ("maya", "nora", "zoe", "ida"):
        answer = await http.post("/v1/auth/register", json=registration(email=f"{name}@a.test"))
        assert answer.status_code == 201

    async with database.reading() as session:
        slugs = (await session.scalars(select(WorkspaceListing.slug))).all()
    assert len(set(slugs)) == 4
    assert all(slug.startswith("mayas-coaching") for slug in slugs)


async def test_a_second_practice_takes_the_password_of_the_account(http: httpx.AsyncClient):
    await http.post("/v1/auth/register", json=registration())

    again = registration(email="MAYA@example.test", workspace_name="Second", name="Else")
    answer = await http.post("/v1/auth/register", json=again)

    assert answer.status_code == 201
    body = answer.json()
    assert body["space"]["workspace_name"] == "Second"
    assert {space["workspace_name"] for space in body["spaces"]} == {"Maya's Coaching", "Second"}
    assert body["user"]["name"] == "Maya Okafor"


async def test_a_known_address_with_another_password_is_told_to_sign_in(http: httpx.AsyncClient):
    await http.post("/v1/auth/register", json=registration())

    answer = await http.post(
        "/v1/auth/register",
        json=registration(password="not-her-password-at-all", workspace_name="Second"),
    )

    assert answer.status_code == 409
    assert code_of(answer) == "account_exists"


async def test_the_same_form_sent_twice_founds_one_practice(http: httpx.AsyncClient):
    await http.post("/v1/auth/register", json=registration())

    answer = await http.post("/v1/auth/register", json=registration())

    assert answer.status_code == 409
    assert code_of(answer) == "practice_exists"


async def test_a_client_without_password_is_told_to_sign_in(http: httpx.AsyncClient, make: Make):
    client = await make.client(workspace_id=await make.workspace())

    answer = await http.post("/v1/auth/register", json=registration(email=client.email))

    assert code_of(answer) == "account_exists"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("email", "not an address"),
        ("password", "elevenchars"),
        ("password", "x" * 257),
        ("name", "  "),
        ("workspace_name", ""),
        ("time_zone", "Mars/Olympus"),
    ],
)
async def test_a_wrong_member_is_named(http: httpx.AsyncClient, member: str, value: str):
    answer = await http.post("/v1/auth/register", json=registration(**{member: value}))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{member}"
    assert value.strip() == "" or value not in answer.text


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("password2024!", "common_password"),
        ("P@ssw0rd12345", "common_password"),
        ("qwertyuiopas", "regular_password"),
        ("abcabcabcabcabc", "regular_password"),
        ("maya@example.test", "password_contains_email"),
    ],
)
async def test_a_password_anybody_would_try_is_refused(
    http: httpx.AsyncClient, password: str, code: str
):
    answer = await http.post("/v1/auth/register", json=registration(password=password))

    assert answer.status_code == 422
    assert code_of(answer) == "weak_password"
    assert [error["code"] for error in answer.json()["errors"]] == [code]
    assert PASSWORD not in answer.text
