"""Answers with tokens are never put aside, so an Idempotency-Key has no effect here."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.core.db import Database
from app.models import IdempotencyKey
from tests.features.accounts.people import PASSWORD, bearer

KEY = {"Idempotency-Key": "once"}


async def test_signing_in_twice_with_a_key_is_two_sessions(
    http: httpx.AsyncClient, maya: dict[str, Any], database: Database
):
    login = {"email": maya["user"]["email"], "password": PASSWORD}
    answers = [await http.post("/v1/auth/login", json=login, headers=KEY) for _ in range(2)]
    switch = {"workspace_id": maya["space"]["workspace_id"]}
    answers += [
        await http.post("/v1/auth/switch", json=switch, headers={**KEY, **bearer(maya)})
        for _ in range(2)
    ]

    assert len({answer.json()["access_token"] for answer in answers}) == 4
    assert not any("idempotency-replayed" in answer.headers for answer in answers)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0


@pytest.mark.parametrize("prefix", ["/v1/auth", "/v1/me"])
def test_no_key_is_documented(app: FastAPI, prefix: str):
    operations = [
        operation
        for path, methods in app.openapi()["paths"].items()
        for operation in methods.values()
        if f"{path}/".startswith(f"{prefix}/")
    ]

    assert operations
    assert "IdempotencyKey" not in str(operations)
    assert "x-keyless" not in str(operations)
