"""The practice to look around in: made whole, once, and only where nobody lives."""

from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.core.db import Database
from app.demo import DemoAccount, seed_demo
from app.main import create_app
from app.settings import Settings
from tests.make import http_client


@pytest.fixture
def empty(fresh_url: str, tmp_path: Path) -> Settings:
    """An install that has just been migrated."""
    return Settings(data_dir=tmp_path, database_url=fresh_url, worker="off")


async def test_it_has_programs_a_full_week_and_people_at_work(
    empty: Settings, fresh_database: Database
):
    account = await seed_demo(empty)
    again = await seed_demo(empty)

    assert account is not None
    assert again == account
    async with http_client(create_app(empty, database=fresh_database)) as http:
        await sign_in(http, account)
        assert {one["name"] for one in await everything(http, "schedules")} == {
            "Weekdays",
            "Circle evenings",
        }
        assert {one["status"] for one in await everything(http, "enrollments")} == {
            "active",
            "invited",
        }
        assert Counter(
            (one["name"], one["status"], one["seats_taken"])
            for one in await everything(http, "appointments")
        ) == {
            ("Coaching session", "confirmed", 1): 15,
            ("Leadership circle", "confirmed", 3): 1,
            ("Short call", "pending", 1): 1,
        }
        assignments = Counter(one["status"] for one in await everything(http, "assignments"))
        assert assignments == {"assigned": 9, "submitted": 1}
        answers = Counter(one["status"] for one in await everything(http, "form-responses"))
        assert answers == {"draft": 3, "submitted": 1, "reviewed": 1}
        goals = Counter(one["title"] for one in await everything(http, "goals"))
        assert sorted(goals.values()) == [1, 7]  # the client's own, and the program's for each
        assert [one["status"] for one in await everything(http, "contracts")] == [
            "draft",
            "sent",
            "completing",
        ]


async def sign_in(http: httpx.AsyncClient, account: DemoAccount) -> None:
    given = {"email": account.email, "password": account.password}
    signed_in = await http.post("/v1/auth/login", json=given)
    http.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"


async def everything(http: httpx.AsyncClient, what: str) -> list[dict[str, Any]]:
    answer = await http.get(f"/v1/{what}", params={"limit": 100})
    found: list[dict[str, Any]] = answer.json()["data"]
    return found
