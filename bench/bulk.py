"""Inviting ten thousand contacts in one request, against COPY of the rows that it writes."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from uuid import uuid4

import httpx

from bench.floor.copying import copy
from bench.load import Load, Slice, Work
from bench.report import Table, spread
from bench.seeds import Practice, seed
from bench.stage import Server, Stage, atrium

CONTACTS = 10_000
MOST_ROUNDS = 5
GOAL = 1.3
PATIENCE = 120.0


def measure(stage: Stage, *, rounds: int, seconds: int) -> list[Table]:
    """The request and its floor in turns, and what other requests notice of it."""
    table = Table(
        f"Bulk: {CONTACTS:,} contacts invited by one POST",
        "| floor ms | ours ms | ours to floor | goal",
        remark="The floor knows every row beforehand: COPY of items, invitations, events and jobs, "
        "and one UPDATE of the contacts, in one transaction.",
    )
    with atrium(stage) as ours:
        model = seed(stage, contacts=CONTACTS)
        invite(ours, stage, model)
        turns = [_turn(stage, ours, model) for _ in range(min(rounds, MOST_ROUNDS))]
        bare, first, second = (list(times) for times in zip(*turns, strict=True))
        ratios = [b / a for a, b in zip(bare, first, strict=True)]
        noise = [b / a for a, b in zip(first, second, strict=True)]
        table.add("invite", _ms(bare), _ms(first), spread(ratios), f"≤ {GOAL}")
        table.add("*again*", "", _ms(second), spread(noise), "")
        return [table, _meanwhile(stage, ours, seconds)]


def invite(server: Server, stage: Stage, practice: Practice) -> float:
    """Invite everybody of a practice; how many seconds it took."""
    headers = {
        "Authorization": f"Bearer {practice.tokens(stage)[0]}",
        "Idempotency-Key": uuid4().hex,
    }
    begin = time.perf_counter()
    answer = httpx.post(
        f"{server.url}/v1/portal-invites/batches",
        headers=headers,
        json={"filter": {}},
        timeout=PATIENCE,
    )
    seconds = time.perf_counter() - begin
    answer.raise_for_status()
    assert answer.json()["invited"] == answer.json()["total"]
    return seconds


def _turn(stage: Stage, ours: Server, model: Practice) -> tuple[float, float, float]:
    practices = [seed(stage, contacts=CONTACTS) for _ in range(3)]
    bare = asyncio.run(copy(stage.url, model, practices[0]))
    return bare, invite(ours, stage, practices[1]), invite(ours, stage, practices[2])


def _meanwhile(stage: Stage, ours: Server, seconds: int) -> Table:
    """How long other requests take while ten thousand are invited."""
    table = Table(
        "Bulk: what others notice", "| p50 ms alone | meanwhile | p99 ms alone | meanwhile"
    )
    reader, inviter = seed(stage, contacts=CONTACTS, coaches=20), seed(stage, contacts=CONTACTS)
    load = Load(stage=stage, practice=reader)
    work = Work(name="list", method="GET", paths=["/v1/contacts?limit=50"])

    def ask() -> Slice:
        return load.on(ours, work, connections=1, seconds=seconds)

    alone = ask()
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(ask)
        time.sleep(seconds / 4)  # some calm before the storm is measured
        invite(ours, stage, inviter)
        busy = asked.result()
    milliseconds = (alone.p50, busy.p50, alone.p99, busy.p99)
    table.add("GET list of 50", *(f"{value:.1f}" for value in milliseconds))
    return table


def _ms(times: list[float]) -> str:
    return f"{median(times) * 1000:.0f}"
