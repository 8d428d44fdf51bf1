"""People who sign up and sign in through the API."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.accounts.people import bearer, registration
from tests.make import http_client


@pytest.fixture
async def maya(http: httpx.AsyncClient) -> dict[str, Any]:
    """A coach who has just registered; the answer she got."""
    answer = await http.post("/v1/auth/register", json=registration())
    assert answer.status_code == 201, answer.text
    signed_in: dict[str, Any] = answer.json()
    return signed_in


@pytest.fixture
async def maya_http(app: FastAPI, maya: dict[str, Any]) -> AsyncIterator[httpx.AsyncClient]:
    """Her client, signed in."""
    async with http_client(app) as client:
        client.headers.update(bearer(maya))
        yield client


@pytest.fixture
def racing_app(settings: Settings, fresh_database: Database) -> FastAPI:
    """An app whose requests run at the same time, each on a connection of its own."""
    return create_app(settings, database=fresh_database)


@pytest.fixture
async def racing_http(racing_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that app."""
    async with http_client(racing_app) as client:
        yield client
