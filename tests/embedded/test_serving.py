import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

Command = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def atrium(state_dir: Path) -> Iterator[Command]:
    """Run a command of Atrium in a process of its own, on the embedded database."""
    processes = []

    def start(command: str, **settings: str) -> "subprocess.Popen[str]":
        ours = {k: v for k, v in os.environ.items() if not k.startswith("ATRIUM_")}
        process = subprocess.Popen(
            [sys.executable, "-m", "app", command],
            env=ours | {"ATRIUM_DATA_DIR": str(state_dir.parent)} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()


@pytest.fixture
def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"answers on (http://\S+)", line):
            return found.group(1)
    pytest.fail("it ended without an address")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_where_it_says_and_stops_all_it_started(
    atrium: Command, state_dir: Path, free_port: str, ending: signal.Signals
) -> None:
    process = atrium("serve", ATRIUM_PORT=free_port)
    assert httpx.get(f"{address(process)}/livez").status_code == 200
    process.send_signal(ending)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert not (state_dir / "data" / "postmaster.pid").exists()


def test_a_wrong_setting_stops_the_start_with_one_line(atrium: Command) -> None:
    process = atrium("serve", ATRIUM_PORT="eighty")
    _, said = process.communicate()
    assert process.returncode == 2
    assert re.fullmatch(r"atrium: ATRIUM_PORT: .+\n", said)


def test_a_database_that_does_not_answer_is_told_in_one_line(
    atrium: Command, free_port: str
) -> None:
    nobody = f"postgresql://nobody@127.0.0.1:{free_port}/nothing"
    process = atrium("migrate", ATRIUM_DATABASE_URL=nobody)
    _, said = process.communicate()
    assert process.returncode == 1
    assert re.fullmatch(r"atrium: can't reach the database: .+\n", said)
