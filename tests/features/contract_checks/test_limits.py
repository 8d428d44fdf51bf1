"""Nobody keeps Atrium checking copies."""

from collections.abc import AsyncIterator

import httpx

from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.features.contract_checks.checking import LARGEST_COPY
from app.main import create_app
from app.settings import Settings
from tests.core.documents.strangers_pdf import pages, written
from tests.features.contract_checks.completed import VERIFY
from tests.make import http_client


async def test_copies_are_checked_thirty_times_in_ten_minutes_at_most(
    settings: Settings, fresh_database: Database, print_shop: PrintShop
):
    counting = settings.model_copy(update={"rate_limits": True, "row_level_security": False})
    app = create_app(counting, database=fresh_database, print_shop=print_shop)
    copy = written(pages())
    async with http_client(app) as http:
        statuses = [(await http.post(VERIFY, content=copy)).status_code for _ in range(36)]

    assert statuses[:30] == [200] * 30
    assert 429 in statuses


async def test_what_is_too_large_is_refused_as_it_comes(http: httpx.AsyncClient):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_COPY // 1_000_000 + 2):
            yield b"x" * 1_000_000

    answer = await http.post(VERIFY, content=endless())

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
