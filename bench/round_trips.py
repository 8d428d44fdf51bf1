"""How often a request goes to PostgreSQL, counted on the wire by the tests' own proxy."""

import asyncio
from uuid import uuid4

import httpx

from app.main import create_app
from bench.comparing import NEW
from bench.load import Work
from bench.seeds import Practice
from bench.stage import Stage
from tests.wire_proxy import WireProxy, wire_proxy

WARM, COUNTED = 3, 3


def round_trips(stage: Stage, practice: Practice, works: list[Work]) -> dict[str, int]:
    """Round trips of one warm request of each kind."""
    return asyncio.run(_counted(stage, practice.tokens(stage)[0], works))


async def _counted(stage: Stage, token: str, works: list[Work]) -> dict[str, int]:
    async with wire_proxy(stage.url) as wire:
        app = create_app(stage.settings(wire.url))
        headers = {"Authorization": f"Bearer {token}"}
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://bench", headers=headers
        )
        async with client:
            counts = {work.name: await _least(client, wire, work) for work in works}
        await app.state.database.close()
    return counts


async def _least(client: httpx.AsyncClient, wire: WireProxy, work: Work) -> int:
    """The least of some: now and then one asks for the caller, or for a lot of permits."""
    seen = [await _once(client, wire, work) for _ in range(WARM + COUNTED)]
    return min(seen[WARM:])


async def _once(client: httpx.AsyncClient, wire: WireProxy, work: Work) -> int:
    headers = {"Idempotency-Key": uuid4().hex} if work.method == "KEYED" else {}
    with wire.watched() as traffic:
        if work.method == "GET":
            answer = await client.get(work.paths[0])
        else:
            body = NEW | {"email": f"{uuid4().hex}@example.test"}
            answer = await client.post(work.paths[0], json=body, headers=headers)
    answer.raise_for_status()
    return traffic.round_trips
