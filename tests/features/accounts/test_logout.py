from datetime import timedelta
from typing import Any

import httpx
import time_machine

from app.core.clock import now
from tests.features.accounts.people import PASSWORD, bearer, code_of


async def test_logging_out_ends_this_session_at_once(http: httpx.AsyncClient, maya: dict[str, Any]):
    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 200

    answer = await http.post("/v1/auth/logout", headers=bearer(maya))

    assert answer.status_code == 204
    gone = await http.get("/v1/me", headers=bearer(maya))
    assert code_of(gone) == "invalid_access_token"
    refused = await http.post("/v1/auth/refresh", json={"refresh_token": maya["refresh_token"]})
    assert code_of(refused) == "invalid_refresh_token"


async def test_other_devices_stay_signed_in(http: httpx.AsyncClient, maya: dict[str, Any]):
    login = {"email": maya["user"]["email"], "password": PASSWORD}
    other = (await http.post("/v1/auth/login", json=login)).json()

    await http.post("/v1/auth/logout", headers=bearer(maya))

    assert (await http.get("/v1/me", headers=bearer(other))).status_code == 200


async def test_a_refresh_token_logs_out_when_the_access_token_has_expired(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    with time_machine.travel(now() + timedelta(hours=1)):
        answer = await http.post(
            "/v1/auth/logout",
            json={"refresh_token": maya["refresh_token"]},
            headers=bearer(maya),
        )
        assert answer.status_code == 204

    refused = await http.post("/v1/auth/refresh", json={"refresh_token": maya["refresh_token"]})
    assert code_of(refused) == "invalid_refresh_token"


async def test_logging_out_twice_is_fine(http: httpx.AsyncClient, maya: dict[str, Any]):
    for _ in range(2):
        answer = await http.post("/v1/auth/logout", json={"refresh_token": maya["refresh_token"]})
        assert answer.status_code == 204


async def test_who_presents_nothing_is_nobody(http: httpx.AsyncClient):
    assert code_of(await http.post("/v1/auth/logout")) == "unauthorized"
    unknown = await http.post("/v1/auth/logout", json={"refresh_token": "rft_unknown"})
    assert code_of(unknown) == "invalid_refresh_token"
