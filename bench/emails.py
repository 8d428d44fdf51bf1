"""E-mails a second: the dispatcher against a bare loop that sends the very same messages."""

import asyncio
from pathlib import Path
from statistics import median
from typing import NamedTuple

from app.core.events import FANOUT
from app.main import dispatcher_of, make_runtime
from bench.bulk import invite
from bench.report import Table, spread
from bench.seeds import seed
from bench.sink import Sink
from bench.stage import Server, Stage, atrium, running

MAILS = 2_000
MOST_ROUNDS = 5
GOAL = 0.65


class Turn(NamedTuple):
    """Mails a second: the loop's, the dispatcher's, and the dispatcher's once more."""

    bare: float
    ours: float
    again: float


def measure(stage: Stage, *, rounds: int, seconds: int) -> list[Table]:  # noqa: ARG001 - a part's
    """Both in turns, each as a process of its own beside one mail server."""
    table = Table(
        f"E-mail: {MAILS:,} invitations over {stage.settings().smtp_connections} connections",
        "| floor/s | ours/s | ours to floor | goal",
        remark="Planned beforehand; from the first mail that arrives to the last.",
    )
    with atrium(stage) as server:
        turns = asyncio.run(_turns(stage, server, min(rounds, MOST_ROUNDS)))
    table.add(
        "send",
        f"{median(turn.bare for turn in turns):.0f}",
        f"{median(turn.ours for turn in turns):.0f}",
        spread([turn.ours / turn.bare for turn in turns]),
        f"≥ {GOAL}",
    )
    again = f"{median(turn.again for turn in turns):.0f}"
    table.add("*again*", "", again, spread([turn.again / turn.ours for turn in turns]), "")
    return [table]


async def _turns(stage: Stage, server: Server, rounds: int) -> list[Turn]:
    async with Sink() as sink:
        await _dispatched(stage, server, sink)
        messages = stage.folder / "messages"
        await asyncio.to_thread(_keep, messages, sink.messages)
        return [
            Turn(
                bare=await _looped(stage, sink, messages),
                ours=await _dispatched(stage, server, sink),
                again=await _dispatched(stage, server, sink),
            )
            for _ in range(rounds)
        ]


async def _dispatched(stage: Stage, server: Server, sink: Sink) -> float:
    """Invite so many people, plan their mails, then start a worker that sends them."""
    practice = await asyncio.to_thread(seed, stage, contacts=MAILS)
    await asyncio.to_thread(invite, server, stage, practice)
    async with dispatcher_of(make_runtime(stage.settings())) as engine:
        await engine.drain([FANOUT])
    with running(stage.environment(ATRIUM_SMTP_URL=sink.url), "app", "worker"):
        return await sink.rate(MAILS)


async def _looped(stage: Stage, sink: Sink, messages: Path) -> float:
    connections = str(stage.settings().smtp_connections)
    floor = ("bench.floor.mails", str(sink.port), connections, str(messages))
    with running(stage.environment(), *floor):
        return await sink.rate(MAILS)


def _keep(folder: Path, messages: list[bytes]) -> None:
    folder.mkdir()
    for number, message in enumerate(messages):
        (folder / f"{number}.eml").write_bytes(message)
