from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.embedded.postgres import EmbeddedPostgres
from app.embedded.postgres_binaries import EXTENSIONS
from app.embedded.postgres_commands import EmbeddedPostgresError

Fetch = Callable[[str, str], Awaitable[Any]]


async def test_a_fresh_server_has_the_role_the_database_and_the_extensions(
    place: Path, fetch: Fetch
) -> None:
    postgres = EmbeddedPostgres(place / "var" / "postgres", durable=False)
    url = postgres.start()
    try:
        assert await fetch(url, "select current_user || '@' || current_database()") == (
            "atrium@atrium"
        )
        assert set(await fetch(url, "select array_agg(extname::text) from pg_extension")) == {
            "plpgsql",
            *EXTENSIONS,
        }
        assert await fetch(url, "select lower('ÅSA')") == "åsa"
        assert await fetch(url, "select current_setting('TimeZone')") == "UTC"
    finally:
        assert postgres.stop()


async def test_the_role_is_bound_by_row_level_security(
    postgres: EmbeddedPostgres, fetch: Fetch
) -> None:
    url = postgres.start()
    unbound = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    assert await fetch(url, unbound) is False


async def test_the_role_may_clone_its_database_and_drop_the_clone(
    postgres: EmbeddedPostgres, fetch: Fetch
) -> None:
    postgres.start()
    await fetch(postgres.admin_url(), "create database clone template atrium strategy wal_log")
    assert await fetch(postgres.admin_url("clone"), "select current_database()") == "clone"
    await fetch(postgres.admin_url(), "drop database clone")


async def test_what_was_written_is_there_after_a_restart(state_dir: Path, fetch: Fetch) -> None:
    first = EmbeddedPostgres(state_dir)
    await fetch(first.start(), "create table written as select 7 as seven")
    assert first.stop()
    second = EmbeddedPostgres(state_dir)
    assert await fetch(second.start(), "select seven from written") == 7
    assert second.stop()


async def test_nothing_listens_once_it_has_stopped(
    postgres: EmbeddedPostgres, fetch: Fetch
) -> None:
    url = postgres.start()
    assert postgres.stop()
    with pytest.raises(OSError, match="No such file"):
        await fetch(url, "select 1")


def test_starting_twice_counts_as_one_user(postgres: EmbeddedPostgres) -> None:
    assert postgres.start() == postgres.start()
    assert postgres.stop()
    assert not postgres.stop()


def test_a_server_that_cannot_start_says_why_in_one_line(state_dir: Path) -> None:
    own_settings = state_dir / "data" / "postgresql.auto.conf"
    before = own_settings.read_text()
    own_settings.write_text("max_connections = plenty\n")
    with pytest.raises(EmbeddedPostgresError) as failure:
        EmbeddedPostgres(state_dir, patience_seconds=0).start()
    own_settings.write_text(before)
    assert str(failure.value).startswith("PostgreSQL did not start: ")
    assert "postgresql.auto.conf" in str(failure.value)
    assert "\n" not in str(failure.value)
