"""A server in a process of its own, for what only a whole process shows."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ACCOUNT = {
    "email": "coach@example.com",
    "password": "two-larks-over-the-lake",
    "name": "Maya Okafor",
    "workspace_name": "Okafor Coaching",
    "time_zone": "UTC",
}


@dataclass(frozen=True, slots=True)
class RunningServer:
    """The process, and a coach who is signed in."""

    process: "subprocess.Popen[str]"
    http: httpx.Client

    def peak_memory(self) -> int:
        """The most bytes it ever held."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        [peak] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(peak.split()[1]) * 1024


@contextmanager
def running_server(database_url: str, data_dir: Path, **settings: str) -> Iterator[RunningServer]:
    """A server on a database and a folder of its own; killed at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ATRIUM_")}
    given = {
        "ATRIUM_DATABASE_URL": database_url,
        "ATRIUM_DATA_DIR": str(data_dir),
        "ATRIUM_PORT": str(port),
        "ATRIUM_LOG_LEVEL": "error",
        "ATRIUM_WORKER": "off",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "app", "serve"],
        env={**ours, **given, **settings},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            assert any("answers on" in line for line in process.stdout)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
                registered = http.post("/v1/auth/register", json=ACCOUNT).raise_for_status()
                http.headers["Authorization"] = f"Bearer {registered.json()['access_token']}"
                yield RunningServer(process, http)
        finally:
            process.kill()
