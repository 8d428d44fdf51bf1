"""Typesetting holds up nobody: while twenty papers are printed, the event loop goes on."""

import asyncio
from itertools import pairwise
from time import thread_time
from typing import Any

from tests.features.invoices.billing import TEAM, issued, pair
from tests.make import Make

STALL_SECONDS = 0.1
"""Typesetting and embedding take longer than that for one paper."""


async def test_twenty_papers_at_once_stall_nothing(make: Make):
    owner, client = await pair(make)
    every = [await issued(owner, client.contact_id) for _ in range(20)]
    printing = asyncio.gather(*(owner.http.get(f"{TEAM}/{one['id']}/pdf") for one in every))
    stalls, answers = await asyncio.gather(stalls_while(printing), printing)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 20
    assert stalls == 0


async def stalls_while(work: "asyncio.Future[Any]") -> int:
    """How often one round of the loop took too long of its own processor time, not of others'."""
    rounds = []
    while not work.done():
        rounds.append(thread_time())
        await asyncio.sleep(0)
    return sum(after - before > STALL_SECONDS for before, after in pairwise(rounds))
