import asyncio
from collections import Counter
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.access.runtime import Runtime
from app.core.db import Database
from app.features.accounts.token_kinds import EMAIL_VERIFICATION, MAGIC_LINK, PASSWORD_RESET
from app.models import HOUSE, LoginSession, UserToken
from tests.features.accounts.people import PASSWORD, code_of, registration

EMAIL = {"email": "maya@example.test"}
NEW = "three-herons-by-the-river"
AT_ONCE = 50


async def mailed_token(runtime: Runtime, purpose: str, prefix: str) -> str:
    """The token a mail would carry, made as the mail makes it."""
    async with runtime.database.reading() as session:
        token_id = await session.scalar(select(UserToken.id).where(UserToken.purpose == purpose))
    assert token_id
    return runtime.mint.derive(prefix, HOUSE, token_id)


async def count(database: Database, which: Any) -> int | None:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).where(which))


@pytest.fixture
async def runtime(racing_app: FastAPI, racing_http: httpx.AsyncClient) -> Runtime:
    """The running app's parts; Maya has registered, and verified her address."""
    runtime: Runtime = racing_app.state.runtime
    await racing_http.post("/v1/auth/register", json=registration())
    kind = EMAIL_VERIFICATION
    token = await mailed_token(runtime, kind.purpose, kind.prefix)
    await racing_http.post("/v1/auth/email-verifications/consume", json={"token": token})
    return runtime


async def test_one_of_fifty_uses_of_a_magic_link_signs_in(
    racing_http: httpx.AsyncClient, fresh_database: Database, runtime: Runtime
):
    await racing_http.post("/v1/auth/magic-links", json=EMAIL)
    body = {"token": await mailed_token(runtime, MAGIC_LINK.purpose, MAGIC_LINK.prefix)}

    answers = await asyncio.gather(
        *(racing_http.post("/v1/auth/magic-links/consume", json=body) for _ in range(AT_ONCE))
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 410: AT_ONCE - 1}
    assert {code_of(a) for a in answers if a.status_code == 410} == {"token_used"}
    assert await count(fresh_database, LoginSession.revoked_at.is_(None)) == 2


async def test_concurrent_requests_leave_one_link_alive(
    racing_http: httpx.AsyncClient, fresh_database: Database, runtime: Runtime
):
    assert runtime.database is fresh_database

    await asyncio.gather(*(racing_http.post("/v1/auth/magic-links", json=EMAIL) for _ in range(10)))

    assert await count(fresh_database, UserToken.consumed_at.is_(None)) == 1


async def test_asking_for_links_and_using_them_never_wait_for_each_other(
    racing_http: httpx.AsyncClient, runtime: Runtime
):
    await racing_http.post("/v1/auth/magic-links", json=EMAIL)
    body = {"token": await mailed_token(runtime, MAGIC_LINK.purpose, MAGIC_LINK.prefix)}

    answers = await asyncio.gather(
        *(racing_http.post("/v1/auth/magic-links", json=EMAIL) for _ in range(10)),
        *(racing_http.post("/v1/auth/magic-links/consume", json=body) for _ in range(10)),
    )

    assert {answer.status_code for answer in answers} <= {200, 202, 404, 410}


async def test_a_password_that_is_reset_meanwhile_opens_no_session(
    racing_http: httpx.AsyncClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
):
    await racing_http.post("/v1/auth/password-resets", json=EMAIL)
    token = await mailed_token(runtime, PASSWORD_RESET.purpose, PASSWORD_RESET.prefix)
    matches = runtime.passwords.matches

    async def matches_and_is_reset(password: str, stored: str | None) -> bool:
        right = await matches(password, stored)
        reset = {"token": token, "password": NEW}
        answer = await racing_http.post("/v1/auth/password-resets/consume", json=reset)
        assert answer.status_code == 204
        return right

    monkeypatch.setattr(runtime.passwords, "matches", matches_and_is_reset)
    answer = await racing_http.post("/v1/auth/login", json={**EMAIL, "password": PASSWORD})

    assert code_of(answer) == "invalid_credentials"
