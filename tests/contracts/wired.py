"""An app whose traffic to PostgreSQL is counted."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from tests.make import Make
from tests.wire_proxy import Traffic, WireProxy

PATIENCE = 20.0
"""Seconds: with a pool of one connection, whoever takes a second one waits forever."""


class Wired:
    """An app that throttles and forgets as in production, and the wire to its database."""

    def __init__(self, make: Make, wire: WireProxy) -> None:
        self.make = make
        self.wire = wire

    async def traffic(
        self, http: httpx.AsyncClient, method: str, url: str, **request: Any
    ) -> Traffic:
        """What one warm request sends: the least of some, for now and then one fills a purse."""
        async with asyncio.timeout(PATIENCE):
            seen = [await self.once(http, method, url, **request) for _ in range(5)]
        return min(seen[2:], key=lambda traffic: traffic.round_trips)

    async def once(self, http: httpx.AsyncClient, method: str, url: str, **request: Any) -> Traffic:
        """What this request sends."""
        headers = {"Idempotency-Key": uuid4().hex} if request.pop("keyed", False) else {}
        with self.wire.watched() as traffic:
            answer = await http.request(method, url, headers=headers, **request)
        assert answer.is_success, answer.text
        return traffic
