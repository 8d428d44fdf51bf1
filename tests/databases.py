"""A real PostgreSQL for the tests: migrated once into a template, cloned as often as wanted."""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.core.ids import new_id
from app.core.schema import upgrade
from app.embedded.postgres import EmbeddedPostgres
from app.models.policies import enforce_policies

ROOT = Path(__file__).parents[1]
STATE_DIR = ROOT / "var" / "test-postgres"


class Server:
    """The running server, and how to make databases on it."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self._postgres = postgres

    def url(self, database: str) -> str:
        return self._postgres.admin_url(database)

    def clone(self, template: str) -> str:
        """A new database like `template`; its name. Takes about a tenth of a second."""
        name = f"test_{new_id().hex}"
        self.run("postgres", f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY WAL_LOG")
        return name

    def drop(self, name: str) -> None:
        """Drop a database in use. FORCE would fail on autovacuum's sessions, which are not ours."""
        ours = f"FROM pg_stat_activity WHERE datname = '{name}' AND usename = current_user"
        end_ours = f"SELECT pg_terminate_backend(pid) {ours}"
        self.run("postgres", end_ours, f"DROP DATABASE IF EXISTS {name}")

    async def clone_soon(self, template: str) -> str:
        """`clone`, for callers inside an event loop."""
        return await asyncio.to_thread(self.clone, template)

    async def drop_soon(self, name: str) -> None:
        """`drop`, for callers inside an event loop."""
        await asyncio.to_thread(self.drop, name)

    def run(self, database: str, *statements: str) -> list[str]:
        """Run statements, each in its own transaction; the first column of the last one."""
        return asyncio.run(self._run(self.url(database), statements))

    async def _run(self, url: str, statements: tuple[str, ...]) -> list[str]:
        engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            rows: list[str] = []
            for statement in statements:
                result = await connection.execute(text(statement))
                rows = [str(row[0]) for row in result] if result.returns_rows else []
        await engine.dispose()
        return rows

    def template(self) -> str:
        """The migrated template for today's migrations, made when there is none."""
        name = f"template_{_fingerprint()}"
        known = f"SELECT datname FROM pg_database WHERE datname = '{name}'"
        if not self.run("postgres", known):
            draft = f"{name}_{os.getpid()}"
            self.run("postgres", f"CREATE DATABASE {draft} STRATEGY WAL_LOG")
            upgrade(self.url(draft))
            self.run("postgres", f"ALTER DATABASE {draft} RENAME TO {name}")
        return name

    def fenced_template(self) -> str:
        """The same with row-level security enforced: what a test forgets to scope is not there."""
        name = f"{self.template()}_fenced"
        known = f"SELECT datname FROM pg_database WHERE datname = '{name}'"
        if not self.run("postgres", known):
            draft = self.clone(self.template())
            self.run(draft, *enforce_policies())
            self.run("postgres", f"ALTER DATABASE {draft} RENAME TO {name}")
        return name


@contextmanager
def running_server() -> Iterator[Server]:
    """The server, started or joined; the last test worker to leave stops it."""
    postgres = EmbeddedPostgres(STATE_DIR, durable=False)
    postgres.start()
    try:
        server = Server(postgres)
        with (STATE_DIR.parent / "test-template.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            server.fenced_template()
        yield server
    finally:
        postgres.stop()


def _fingerprint() -> str:
    folders = (ROOT / "migrations", ROOT / "app" / "models")
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content).hexdigest()[:12]
