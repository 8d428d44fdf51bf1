"""Where a run takes place: a PostgreSQL of its own, and the processes that are measured on it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.core.schema import upgrade
from app.embedded.postgres import EmbeddedPostgres
from app.settings import Settings, load_settings

PATIENCE = 120.0
"""Seconds a process may take until it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A migrated, empty database, a folder for keys and files, and the server's process."""

    folder: Path
    url: str
    postmaster: int

    def environment(self, **settings: str) -> dict[str, str]:
        """What a process of Atrium is started with: all its own, but for the log of requests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ATRIUM_")}
        return kept | {
            "ATRIUM_DATA_DIR": str(self.folder),
            "ATRIUM_DATABASE_URL": self.url,
            "ATRIUM_WORKER": "off",
            "ATRIUM_DEMO": "false",
            "ATRIUM_ACCESS_LOG": "false",
            "ATRIUM_LOG_LEVEL": "warning",
            **settings,
        }

    def settings(self, url: str | None = None) -> Settings:
        """The same settings for what runs in this process; `url` leads to the database."""
        return load_settings(
            data_dir=self.folder, database_url=url or self.url, worker="off", access_log=False
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A process that answers HTTP at `url`; `seconds` is how long it took to do so."""

    pid: int
    url: str
    seconds: float


@contextmanager
def staged() -> Iterator[Stage]:
    """A stage that is gone afterwards.

    The database doesn't wait for the disk: both sides would wait, and look alike while they do.
    """
    with tempfile.TemporaryDirectory(prefix="atrium-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs under another account
        postgres = EmbeddedPostgres(folder / "postgres", durable=False)
        url = postgres.start()
        try:
            upgrade(url)
            pid_file = folder / "postgres" / "data" / "postmaster.pid"
            yield Stage(folder=folder, url=url, postmaster=int(pid_file.read_text().split()[0]))
        finally:
            postgres.stop()


@contextmanager
def atrium(stage: Stage, **settings: str) -> Iterator[Server]:
    """Atrium as it is served, without the dispatcher, which would take its share of the cores."""
    port = free_port()
    environment = stage.environment(ATRIUM_PORT=str(port), **settings)
    with running(environment, "app", "serve") as process:
        yield answering(process, port)


@contextmanager
def floor(stage: Stage) -> Iterator[Server]:
    """The bare function that does the same by hand."""
    port = free_port()
    with running(stage.environment(), "bench.floor", str(port)) as process:
        yield answering(process, port)


@contextmanager
def running(environment: dict[str, str], *module: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A Python module in a process of its own, ended with the block."""
    process = subprocess.Popen(  # noqa: S603 - what is started is written in this folder
        [sys.executable, "-m", *module], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def answering(process: "subprocess.Popen[bytes]", port: int) -> Server:
    """Wait for the first answer."""
    url, begin = f"http://127.0.0.1:{port}", time.perf_counter()
    while time.perf_counter() - begin < PATIENCE and process.poll() is None:
        with suppress(httpx.TransportError):
            httpx.get(f"{url}/livez").raise_for_status()
            return Server(pid=process.pid, url=url, seconds=time.perf_counter() - begin)
        time.sleep(0.01)  # a server tells nobody when it is ready
    raise SystemExit(f"bench: a server did not start (it ended with {process.poll()})")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
