import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from app.embedded.postgres import EmbeddedPostgres

Fetch = Callable[[str, str], Awaitable[Any]]
Start = Callable[[Path], "subprocess.Popen[str]"]


def ask_to_stop(process: "subprocess.Popen[str]") -> str:
    answer, _ = process.communicate("\n")
    return str(answer).strip()


def started_url(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


async def test_processes_share_one_server_and_the_last_one_stops_it(
    postgres: EmbeddedPostgres, state_dir: Path, another_process: Start, fetch: Fetch
) -> None:
    url = postgres.start()
    other = another_process(state_dir)
    assert started_url(other) == url
    assert not postgres.stop()
    assert await fetch(url, "select 1") == 1
    assert ask_to_stop(other) == "stopped"


def test_processes_may_start_a_new_server_at_the_same_moment(
    place: Path, another_process: Start
) -> None:
    processes = [another_process(place / "postgres") for _ in range(3)]
    assert len({started_url(process) for process in processes}) == 1
    assert [ask_to_stop(process) for process in processes] == [
        "still used",
        "still used",
        "stopped",
    ]


def test_a_killed_process_no_longer_counts_as_a_user(
    postgres: EmbeddedPostgres, state_dir: Path, another_process: Start
) -> None:
    postgres.start()
    other = another_process(state_dir)
    started_url(other)
    other.kill()
    other.wait()
    assert postgres.stop()


async def test_the_server_of_a_killed_process_is_taken_over(
    postgres: EmbeddedPostgres, state_dir: Path, another_process: Start, fetch: Fetch
) -> None:
    first = another_process(state_dir)
    url = started_url(first)
    running = await fetch(url, "select pg_postmaster_start_time()")
    first.kill()
    first.wait()
    assert await fetch(postgres.start(), "select pg_postmaster_start_time()") == running
    assert postgres.stop()


def test_two_copies_run_beside_each_other(postgres: EmbeddedPostgres, place: Path) -> None:
    other = EmbeddedPostgres(place / "other" / "postgres", durable=False)
    assert postgres.start() != other.start()
    assert postgres.stop()
    assert other.stop()
