import contextlib
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from app.embedded.postgres import EmbeddedPostgres

Fetch = Callable[[str, str], Awaitable[Any]]


def kill_server(state_dir: Path) -> None:
    pid = int((state_dir / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        while True:  # until the kernel has closed its socket
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(state_dir / ".s.PGSQL.5432"))


async def test_a_killed_server_starts_again_with_all_that_was_committed(
    postgres: EmbeddedPostgres, state_dir: Path, fetch: Fetch
) -> None:
    await fetch(postgres.start(), "create table kept as select 7 as seven")
    kill_server(state_dir)
    assert await fetch(postgres.start(), "select seven from kept") == 7
    assert postgres.stop()


async def test_the_number_of_a_dead_server_may_belong_to_another_program_now(
    postgres: EmbeddedPostgres, state_dir: Path, fetch: Fetch
) -> None:
    lock = f"{os.getpid()}\n{state_dir / 'data'}\n1700000000\n5432\n{state_dir}\n"
    (state_dir / "data" / "postmaster.pid").write_text(lock)
    (state_dir / ".s.PGSQL.5432.lock").write_text(lock)
    assert await fetch(postgres.start(), "select 1") == 1


async def test_an_empty_lock_file_is_no_hindrance(
    postgres: EmbeddedPostgres, state_dir: Path, fetch: Fetch
) -> None:
    (state_dir / "data" / "postmaster.pid").touch()
    assert await fetch(postgres.start(), "select 1") == 1


async def test_a_half_finished_data_directory_is_made_anew(place: Path, fetch: Fetch) -> None:
    unfinished = place / "postgres" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    postgres = EmbeddedPostgres(place / "postgres", durable=False)
    assert await fetch(postgres.start(), "select 1") == 1
    assert postgres.stop()
    assert not unfinished.exists()
