import asyncio
from collections import Counter

import httpx

from tests.features.accounts.people import bearer, code_of, registration

AT_ONCE = 20


async def test_one_of_twenty_concurrent_refreshes_gets_the_pair(racing_http: httpx.AsyncClient):
    maya = (await racing_http.post("/v1/auth/register", json=registration())).json()
    body = {"refresh_token": maya["refresh_token"]}

    answers = await asyncio.gather(
        *(racing_http.post("/v1/auth/refresh", json=body) for _ in range(AT_ONCE))
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: AT_ONCE - 1}
    losers = [answer for answer in answers if answer.status_code == 409]
    assert {code_of(answer) for answer in losers} == {"refresh_in_progress"}
    [winner] = [answer.json() for answer in answers if answer.status_code == 200]
    assert (await racing_http.get("/v1/me", headers=bearer(winner))).status_code == 200
    again = {"refresh_token": winner["refresh_token"]}
    assert (await racing_http.post("/v1/auth/refresh", json=again)).status_code == 200


async def test_a_logout_meanwhile_leaves_nobody_signed_in(racing_http: httpx.AsyncClient):
    maya = (await racing_http.post("/v1/auth/register", json=registration())).json()
    body = {"refresh_token": maya["refresh_token"]}

    refreshed, *_ = await asyncio.gather(
        racing_http.post("/v1/auth/refresh", json=body),
        *(racing_http.get("/v1/me", headers=bearer(maya)) for _ in range(5)),
        racing_http.post("/v1/auth/logout", headers=bearer(maya)),
    )

    assert refreshed.status_code in {200, 401}
    assert (await racing_http.get("/v1/me", headers=bearer(maya))).status_code == 401
    if refreshed.status_code == 200:
        again = {"refresh_token": refreshed.json()["refresh_token"]}
        assert (await racing_http.post("/v1/auth/refresh", json=again)).status_code == 401
