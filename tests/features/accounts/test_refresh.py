from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from sqlalchemy import delete

from app.core.clock import now
from app.core.db import Database
from app.models import Space
from tests.features.accounts.people import bearer, code_of


async def refresh(http: httpx.AsyncClient, token: str | None) -> httpx.Response:
    return await http.post("/v1/auth/refresh", json={"refresh_token": token})


async def test_a_refresh_token_is_exchanged_for_a_new_pair(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    answer = await refresh(http, maya["refresh_token"])

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["refresh_token"] not in {None, maya["refresh_token"]}
    assert body["access_token"] != maya["access_token"]
    assert body["space"] == maya["space"]
    assert (await http.get("/v1/me", headers=bearer(body))).status_code == 200
    assert (await refresh(http, body["refresh_token"])).status_code == 200


async def test_a_second_use_at_once_gets_no_second_pair(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    first = (await refresh(http, maya["refresh_token"])).json()

    answer = await refresh(http, maya["refresh_token"])

    assert answer.status_code == 409
    assert code_of(answer) == "refresh_in_progress"
    assert (await refresh(http, first["refresh_token"])).status_code == 200


async def test_a_second_use_later_ends_the_session(http: httpx.AsyncClient, maya: dict[str, Any]):
    first = (await refresh(http, maya["refresh_token"])).json()
    assert (await http.get("/v1/me", headers=bearer(first))).status_code == 200

    with time_machine.travel(now() + timedelta(seconds=11)):
        answer = await refresh(http, maya["refresh_token"])

        assert answer.status_code == 401
        assert code_of(answer) == "refresh_token_reused"
        assert code_of(await refresh(http, first["refresh_token"])) == "invalid_refresh_token"
        assert (await http.get("/v1/me", headers=bearer(first))).status_code == 401


async def test_a_device_that_stayed_away_signs_in_again(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    with time_machine.travel(now() + timedelta(days=30, seconds=1)):
        answer = await refresh(http, maya["refresh_token"])

    assert code_of(answer) == "invalid_refresh_token"


async def test_a_busy_device_signs_in_again_after_half_a_year(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    token, started = maya["refresh_token"], now()
    for day in range(20, 180, 20):
        with time_machine.travel(started + timedelta(days=day)):
            answer = await refresh(http, token)
            assert answer.status_code == 200
            token = answer.json()["refresh_token"]

    with time_machine.travel(started + timedelta(days=180, minutes=1)):
        assert code_of(await refresh(http, token)) == "invalid_refresh_token"


async def test_a_closed_space_is_left_for_another(
    http: httpx.AsyncClient, maya: dict[str, Any], database: Database
):
    async with database.writing() as session:
        await session.execute(delete(Space))

    answer = await refresh(http, maya["refresh_token"])

    assert answer.status_code == 200
    assert answer.json()["space"] is None
    contacts = await http.get("/v1/contacts", headers=bearer(answer.json()))
    assert code_of(contacts) == "no_space"


@pytest.mark.parametrize(
    "token", [None, "rft_unknown", "x" * 200, "mgc_" + "A" * 64, "\u00e9\u4e16"]
)
async def test_any_other_token_is_refused(http: httpx.AsyncClient, token: str | None):
    answer = await refresh(http, token)

    assert answer.status_code == 401
    assert code_of(answer) == "invalid_refresh_token"


async def test_no_body_and_no_cookie_is_refused(http: httpx.AsyncClient):
    answer = await http.post("/v1/auth/refresh")

    assert code_of(answer) == "invalid_refresh_token"


async def test_an_access_token_refreshes_nothing(http: httpx.AsyncClient, maya: dict[str, Any]):
    answer = await refresh(http, maya["access_token"])

    assert answer.status_code == 422
