"""What asking for ninety days of free times costs, however full the coach's diary is.

    python -m bench.slot_endpoint

Both sides ask through HTTP, with sign-in and throttle, a real PostgreSQL behind them; the
statements are counted as SQLAlchemy sends them. More than MOST_STATEMENTS ends it as a failure.
"""

import asyncio
import gc
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from app.core.db import Database
from app.core.logs import configure_logging
from app.main import create_app
from app.settings import Settings
from tests.contracts.full_diaries import FIRST, fill
from tests.databases import running_server
from tests.features.appointments.enrolling import enrolled_client
from tests.features.appointments.offering import offer
from tests.make import Make
from tests.repositories.watching import watch

APPOINTMENTS = [0, 100, 1_000, 2_000, 20_000]
"""At every hour from FIRST on: 2,160 of them lie in the ninety days that are asked for."""

ROUNDS = 40
MOST_STATEMENTS = 3


def main() -> None:
    """Prints a row for each size of diary."""
    configure_logging("warning", "console")
    print("appointments  slots | coach: statements  p50 ms | client: statements  p50 ms")
    with running_server() as server, TemporaryDirectory() as folder:
        for appointments in APPOINTMENTS:
            name = server.clone(server.template())
            try:
                asyncio.run(measure(server.url(name), Path(folder), appointments))
            finally:
                server.drop(name)


async def measure(url: str, folder: Path, appointments: int) -> None:
    """One coach with so many appointments, asked by themselves and by a client."""
    database = Database.connect(url, size=4)
    make = Make(create_app(Settings(data_dir=folder, worker="off"), database=database))
    try:
        coach = await make.coach()
        offered = await offer(coach, "00:00-24:00", time_zone="UTC")
        await fill(database, coach, offered, appointments)
        client = await enrolled_client(make, coach, offered)
        query = {"from": str(FIRST), "to": str(FIRST + timedelta(days=90)), "time_zone": "UTC"}
        gc.freeze()
        coachs = await ask(
            database, coach.http, "/v1/slots", query | {"appointment_type_id": offered["id"]}
        )
        clients = await ask(database, client.http, "/v1/portal/slots", query | client.wish)
    finally:
        await database.close()
    print(f"{appointments:12}  {coachs[0]:5} | {_shown(coachs[1:])} | {_shown(clients[1:])}")


async def ask(
    database: Database, http: httpx.AsyncClient, url: str, query: dict[str, str]
) -> tuple[int, int, float]:
    """How many slots the answer has, its statements, and its time in milliseconds."""
    answer = await http.get(url, params=query)
    answer.raise_for_status()
    with watch(database.engine) as sent:
        await http.get(url, params=query)
    if len(sent) > MOST_STATEMENTS:
        raise SystemExit(f"{url} sends {len(sent)} statements")
    slots = sum(len(day["slots"]) for day in answer.json()["days"])
    return slots, len(sent), median([await _timed(http, url, query) for _ in range(ROUNDS)])


async def _timed(http: httpx.AsyncClient, url: str, query: dict[str, str]) -> float:
    begin = perf_counter()
    await http.get(url, params=query)
    return (perf_counter() - begin) * 1_000


def _shown(figures: Sequence[float]) -> str:
    statements, milliseconds = figures
    return f"{statements:17}  {milliseconds:6.1f}"


if __name__ == "__main__":
    main()
