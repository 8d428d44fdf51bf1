"""How soon a process answers once its database is up, and how much memory it then holds."""

from statistics import median

import httpx

from bench.processor import proportional_mebibytes
from bench.report import Table
from bench.seeds import Practice, seed
from bench.stage import Server, Stage, atrium

SECONDS_GOAL, MEBIBYTES_GOAL = 1.5, 110
MOST_ROUNDS = 5
PATHS = ("/v1/contacts", "/v1/contacts/counts", "/v1/workspace", "/v1/emails")
PROCESSES = {"server": "off", "server with its dispatcher (default)": "embedded"}


def measure(stage: Stage, *, rounds: int, seconds: int) -> list[Table]:  # noqa: ARG001 - a part's
    """A row for each way to run a server."""
    practice = seed(stage, contacts=1_000)
    table = Table(
        "Start and memory", "process | first answer after s | goal | MiB (PSS), some use | goal"
    )
    for name, worker in PROCESSES.items():
        seen = [_started(stage, practice, worker) for _ in range(min(rounds, MOST_ROUNDS))]
        took = median(one for one, _ in seen)
        memory = [held for _, held in seen if held is not None]
        table.add(
            name,
            f"{took:.2f}",
            f"≤ {SECONDS_GOAL}",
            f"{median(memory):.0f}" if memory else "not told here",
            f"≤ {MEBIBYTES_GOAL}",
        )
    return [table]


def _started(stage: Stage, practice: Practice, worker: str) -> tuple[float, float | None]:
    with atrium(stage, ATRIUM_WORKER=worker) as server:
        _use(server, practice.tokens(stage)[0])
        return server.seconds, proportional_mebibytes(server.pid)


def _use(server: Server, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=server.url, headers=headers) as client:
        for path in PATHS:
            client.get(path).raise_for_status()
