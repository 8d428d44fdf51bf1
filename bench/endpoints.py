"""The hot endpoints against the floor, in turns of a few seconds, so that noise hits both."""

import asyncio
from dataclasses import dataclass, field
from statistics import median
from uuid import UUID

from sqlalchemy import text

from app.core.db import Database
from bench.comparing import compare
from bench.load import Load, Slice, Work
from bench.processor import cpu_seconds, family
from bench.report import Table, spread
from bench.round_trips import round_trips
from bench.seeds import Practice, seed
from bench.stage import Server, Stage, atrium, floor

CONTACTS, COACHES, CONNECTIONS = 100_000, 100, 16
PATIENT_CONNECTIONS = 4 * CONNECTIONS
GOALS = {"GET one": "0.30", "GET list of 50": "0.33", "POST contact": "0.40"}
TRIPS = {"GET one": 1, "GET list of 50": 1, "POST contact": 3}
OVERLOAD_GOAL = 2.0

SAMPLE = text("""
SELECT id FROM contacts
WHERE workspace_id = :workspace_id AND random() < :share
LIMIT 5000
""")


@dataclass(slots=True)
class Side:
    """One server's slices, and the processor seconds they took of it and of PostgreSQL."""

    server: Server
    slices: list[Slice] = field(default_factory=list)
    app: float = 0.0
    database: float = 0.0

    def rates(self) -> list[float]:
        """Answers a second, slice by slice."""
        return [one.rate for one in self.slices]

    def cpu(self) -> str:
        """Microseconds a request takes of each."""
        share = 1e6 / sum(one.requests for one in self.slices)
        return f"{self.app * share:.0f} + {self.database * share:.0f}"

    def bad(self) -> int:
        """Answers that were none, or errors."""
        return sum(one.bad for one in self.slices)


def measure(stage: Stage, *, rounds: int, seconds: int) -> list[Table]:
    """A row for each endpoint and its noise, and one for overload."""
    practice = seed(stage, contacts=CONTACTS, coaches=COACHES)
    works = asyncio.run(hot_works(stage, practice))
    load = Load(stage=stage, practice=practice)
    trips = round_trips(stage, practice, works)
    table = Table(
        f"HTTP: {CONNECTIONS} connections, {CONTACTS:,} contacts",
        "endpoint | floor/s | ours/s | ours to floor | goal | CPU µs of floor: app + PostgreSQL"
        " | CPU µs of ours | p50 to floor's | p99 to floor's | round trips (goal) | bad answers",
        remark="p50 and p99 are those of one connection. Atrium throttles, checks and logs its "
        "errors as always; its log of requests is off, because the floor has none.",
    )
    with atrium(stage) as ours, floor(stage) as bare:
        compare(stage, practice, works, ours, bare)
        for work in works:
            sides = _in_turns(load, work, [bare, ours, ours], rounds=rounds, seconds=seconds)
            alone = [
                load.on(server, work, connections=1, seconds=seconds) for server in (bare, ours)
            ]
            _tell(table, work, sides, alone, trips[work.name])
        return [table, _overload(load, works, ours, seconds=seconds)]


async def hot_works(stage: Stage, practice: Practice) -> list[Work]:
    """What is measured: a contact, a list of them, a new one."""
    ids = await sample(stage, practice.id, share=0.02)
    return [
        Work(name="GET one", method="GET", paths=[f"/v1/contacts/{one}" for one in ids]),
        Work(name="GET list of 50", method="GET", paths=["/v1/contacts?limit=50"]),
        Work(name="POST contact", method="POST", paths=["/v1/contacts"]),
        Work(name="POST contact, Idempotency-Key", method="KEYED", paths=["/v1/contacts"]),
    ]


async def sample(stage: Stage, workspace_id: UUID, *, share: float) -> list[UUID]:
    """Contacts from everywhere in the table."""
    database = Database.connect(stage.url, size=1)
    async with database.reading() as session:
        ids = list(await session.scalars(SAMPLE, {"workspace_id": workspace_id, "share": share}))
    await database.close()
    return ids


def _in_turns(
    load: Load, work: Work, servers: list[Server], *, rounds: int, seconds: int
) -> list[Side]:
    """Slices of each server, one after the other, so many times; a short one each to warm up."""
    sides = [Side(server) for server in servers]
    for side in sides[:-1]:
        load.on(side.server, work, connections=CONNECTIONS, seconds=1)
    for _ in range(rounds):
        for side in sides:
            _slice(load, work, side, seconds)
    return sides


def _slice(load: Load, work: Work, side: Side, seconds: int) -> None:
    database = family(load.stage.postmaster)
    app_before, database_before = cpu_seconds(side.server.pid), cpu_seconds(*database)
    side.slices.append(load.on(side.server, work, connections=CONNECTIONS, seconds=seconds))
    side.app += cpu_seconds(side.server.pid) - app_before
    side.database += cpu_seconds(*database) - database_before


def _tell(table: Table, work: Work, sides: list[Side], alone: list[Slice], trips: int) -> None:
    bare, ours, again = sides
    ratios = [b / a for a, b in zip(bare.rates(), ours.rates(), strict=True)]
    noise = [b / a for a, b in zip(ours.rates(), again.rates(), strict=True)]
    goal = GOALS.get(work.name)
    table.add(
        work.name,
        f"{median(bare.rates()):.0f}",
        f"{median(ours.rates()):.0f}",
        spread(ratios),
        f"≥ {goal}" if goal else "",
        bare.cpu(),
        ours.cpu(),
        f"{alone[1].p50 / alone[0].p50:.1f}",
        f"{alone[1].p99 / alone[0].p99:.1f}",
        f"{trips} (≤ {TRIPS[work.name]})" if work.name in TRIPS else trips,
        bare.bad() + ours.bad() + again.bad() + sum(one.bad for one in alone),
    )
    rate = f"{median(again.rates()):.0f}"
    table.add("*again*", "", rate, spread(noise), "", "", again.cpu(), "", "", "", "")


def _overload(load: Load, works: list[Work], ours: Server, *, seconds: int) -> Table:
    table = Table(
        f"Overload: {PATIENT_CONNECTIONS} connections over a pool of {CONNECTIONS}",
        "endpoint | p99 to p50 | goal | bad answers",
    )
    for work in works[:3]:
        seen = load.on(ours, work, connections=PATIENT_CONNECTIONS, seconds=2 * seconds)
        table.add(work.name, f"{seen.p99 / seen.p50:.2f}", f"≤ {OVERLOAD_GOAL:g}", seen.bad)
    return table
