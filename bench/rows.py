"""A practice of a thousand contacts, and one of a million: what a request takes must not grow."""

import asyncio
import json
from statistics import median
from uuid import UUID

from bench.endpoints import sample
from bench.floor.connecting import connected
from bench.floor.statements import LIST, ONE, Statement
from bench.load import Load, Work
from bench.report import Table
from bench.seeds import Practice, seed
from bench.stage import Stage, atrium

SIZES = (1_000, 1_000_000)
COACHES = 60
MOST_ROUNDS = 3
SHARE = 0.02
LIMIT = 50


def measure(stage: Stage, *, rounds: int, seconds: int) -> list[Table]:
    """p50 of one connection in both practices in turns, and the pages PostgreSQL looked at."""
    table = Table(
        f"Rows: {SIZES[0]:,} and {SIZES[1]:,} contacts",
        "endpoint | p50 ms, few | p50 ms, many | grows by | goal"
        " | pages read, few | pages read, many | goal",
    )
    practices = [seed(stage, contacts=size, coaches=COACHES) for size in SIZES]
    ids = [asyncio.run(sample(stage, practice.id, share=SHARE)) for practice in practices]
    with atrium(stage) as ours:
        for name, goal in (("GET one", "10 %"), ("GET list of 50", "20 %")):
            seen: list[list[float]] = [[], []]
            for _ in range(min(rounds, MOST_ROUNDS)):
                for practice, some, medians in zip(practices, ids, seen, strict=True):
                    load = Load(stage=stage, practice=practice)
                    one = load.on(ours, _work(name, some), connections=1, seconds=seconds)
                    medians.append(one.p50)
            few, many = map(median, seen)
            pages = [
                asyncio.run(_pages(stage, name, practice, some[0]))
                for practice, some in zip(practices, ids, strict=True)
            ]
            grown = f"{(many / few - 1) * 100:.0f} %"
            table.add(
                name, f"{few:.2f}", f"{many:.2f}", grown, f"≤ {goal}", *pages, "no more than 10 %"
            )
    return [table]


def _work(name: str, ids: list[UUID]) -> Work:
    one = [f"/v1/contacts/{contact_id}" for contact_id in ids]
    paths = one if name == "GET one" else [f"/v1/contacts?limit={LIMIT}"]
    return Work(name=name, method="GET", paths=paths)


async def _pages(stage: Stage, name: str, practice: Practice, contact_id: UUID) -> int:
    statement: Statement = ONE if name == "GET one" else LIST
    values = {"workspace_id": practice.id, "contact_id": contact_id, "row_limit": LIMIT + 1}
    async with connected(stage.url) as connection:
        told = await connection.fetchval(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}",
            *statement.parameters(values),
        )
    plan = json.loads(told)[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])
