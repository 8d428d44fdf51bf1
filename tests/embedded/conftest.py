import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url

from app.embedded.postgres import EmbeddedPostgres

USER_OF_THE_SERVER = """
import sys
from pathlib import Path
from app.embedded.postgres import EmbeddedPostgres
postgres = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
print(postgres.start(), flush=True)
sys.stdin.readline()
print("stopped" if postgres.stop() else "still used", flush=True)
"""

Fetch = Callable[[str, str], Awaitable[Any]]


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty directory that every account can enter, unlike pytest's own as root."""
    with tempfile.TemporaryDirectory(prefix="atrium-test-") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@pytest.fixture(scope="session")
def state_dir() -> Iterator[Path]:
    """Files of a server made once for all these tests; each finds it stopped."""
    with tempfile.TemporaryDirectory(prefix="atrium-test-") as name:
        Path(name).chmod(0o755)
        path = Path(name) / "postgres"
        server = EmbeddedPostgres(path, durable=False)
        server.start()
        server.stop()
        yield path


@pytest.fixture
def postgres(state_dir: Path) -> Iterator[EmbeddedPostgres]:
    """That server, not yet started."""
    server = EmbeddedPostgres(state_dir, durable=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def fetch() -> Fetch:
    """Ask the database of a SQLAlchemy URL for one value."""

    async def ask(url: str, sql: str) -> Any:
        parts = make_url(url)
        connection = await asyncpg.connect(
            user=parts.username, database=parts.database, host=parts.query["host"], port=5432
        )
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return ask


@pytest.fixture
def another_process() -> Iterator[Callable[[Path], "subprocess.Popen[str]"]]:
    """Start and use a server from a process of its own; a line on its stdin makes it stop."""
    processes = []

    def start(state_dir: Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", USER_OF_THE_SERVER, str(state_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()
