import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from app.embedded.postgres import EmbeddedPostgres
from app.embedded.postgres_binaries import find_installation
from app.embedded.postgres_commands import EmbeddedPostgresError

Fetch = Callable[[str, str], Awaitable[Any]]


def mode(path: Path) -> int | None:
    return path.stat().st_mode & 0o777 if path.exists() else None


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param("my practice", id="a space"),
        pytest.param("50% + 'année', & co:1", id="signs that mean something in a URL"),
        pytest.param("/".join(["long"] * 30), id="too long for a socket"),
    ],
)
async def test_it_runs_wherever_it_was_unpacked(
    place: Path, state_dir: Path, fetch: Fetch, folder: str
) -> None:
    copy = Path(shutil.copytree(state_dir, place / folder / "postgres"))
    postgres = EmbeddedPostgres(copy, durable=False)
    url = postgres.start()
    socket_dir = Path(str(make_url(url).query["host"]))
    assert await fetch(url, "select 1") == 1
    assert mode(socket_dir) == 0o700
    assert postgres.stop()
    assert mode(socket_dir) == (0o700 if socket_dir == copy else None)


async def test_root_may_keep_its_data_where_the_server_cannot_go(place: Path, fetch: Fetch) -> None:
    locked_away = place / "locked away"
    locked_away.mkdir(mode=0o700)
    postgres = EmbeddedPostgres(locked_away / "postgres", durable=False)
    assert await fetch(postgres.start(), "select 1") == 1
    assert postgres.stop()
    assert (locked_away / "postgres").is_symlink() == (os.geteuid() == 0)
    shutil.rmtree((locked_away / "postgres").resolve())


def test_a_path_a_shell_would_misread_is_refused(place: Path) -> None:
    with pytest.raises(EmbeddedPostgresError, match=r"misread the path .*set ATRIUM_DATA_DIR"):
        EmbeddedPostgres(place / "$(touch surprise)" / "postgres").start()


def test_a_file_in_the_way_is_named(place: Path) -> None:
    (place / "var").write_text("not a directory")
    with pytest.raises(EmbeddedPostgresError, match=r"can't use .*var/postgres: .*exists"):
        EmbeddedPostgres(place / "var" / "postgres").start()


def test_data_of_a_major_version_that_is_gone_is_named() -> None:
    with pytest.raises(EmbeddedPostgresError, match=r"no PostgreSQL 9 .*ATRIUM_DATABASE_URL"):
        find_installation(data_major=9)
