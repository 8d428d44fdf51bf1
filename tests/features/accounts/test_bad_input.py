"""Nothing a stranger sends makes these fail on our side, or is repeated to them."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.features.accounts.people import REGISTRATION

PATHS: dict[str, dict[str, Any]] = {
    "/v1/auth/register": REGISTRATION,
    "/v1/auth/login": {"email": "maya@example.test", "password": "two-larks"},
    "/v1/auth/refresh": {"refresh_token": "rft_x"},
    "/v1/auth/switch": {"workspace_id": "0198c0de-0000-7000-8000-000000000000"},
    "/v1/auth/logout": {"refresh_token": "rft_x"},
    "/v1/auth/magic-links": {"email": "nobody@example.test"},
    "/v1/auth/magic-links/consume": {"token": "mgc_x"},
    "/v1/auth/password-resets": {"email": "nobody@example.test"},
    "/v1/auth/password-resets/consume": {"token": "pwr_x", "password": "two-larks-over"},
    "/v1/auth/email-verifications/consume": {"token": "ver_x"},
    "/v1/me/password": {"current_password": "two-larks", "new_password": "two-larks-over"},
    "/v1/me/email-changes": {"email": "other@example.test", "current_password": "two-larks"},
    "/v1/me/email-changes/consume": {"token": "eml_x"},
}

SECRET = "zq-secret-zq"

BAD_VALUES: list[Any] = [
    None,
    True,
    0,
    1.5,
    10**400,
    "",
    f"{SECRET}\x00",
    f"\u202e{SECRET}",
    SECRET * 1000,
    [SECRET],
    {"a": SECRET},
    "é" * 300,
]


def bad_bodies(body: dict[str, Any]) -> Iterator[Any]:
    for name in body:
        yield from ({**body, name: value} for value in BAD_VALUES)
    yield from ([], "x", 5, None, {**body, "surprise": SECRET})


@pytest.mark.parametrize(("path", "body"), PATHS.items())
async def test_wrong_values_are_refused_in_the_documented_way(
    maya_http: httpx.AsyncClient, path: str, body: dict[str, Any]
):
    for bad in bad_bodies(body):
        answer = await maya_http.post(path, json=bad)

        assert 200 <= answer.status_code < 500, bad
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
        assert SECRET not in answer.text
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content", [b"{", b'{"a": NaN}', b'{"email": "\xff"}', b'{"email": "\\ud800"}', b"[" * 500]
)
async def test_what_is_no_json_is_refused(http: httpx.AsyncClient, path: str, content: bytes):
    answer = await http.post(path, content=content, headers={"Content-Type": "application/json"})

    assert answer.status_code in {400, 401}


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "é", "x" * 5000, "null", "Bearer", "..", "\t", "eyJhbGciOiJub25lIn0.e30."],
)
async def test_wrong_bearer_tokens_are_refused(http: httpx.AsyncClient, token: str):
    headers = [(b"authorization", b"Bearer " + token.encode())]

    answer = await http.get("/v1/me", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
