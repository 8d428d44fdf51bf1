"""A real S3 server for tests: moto's, in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx

from app.settings import Settings

STARTS_WITHIN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class BucketServer:
    """Where it listens."""

    url: str

    def settings(self, data_dir: Path) -> Settings:
        """Settings that keep files in a bucket of their own."""
        bucket = f"atrium-{uuid4().hex}"
        httpx.put(f"{self.url}/{bucket}").raise_for_status()
        return Settings(
            data_dir=data_dir,
            storage_url=f"s3://{bucket}/some/prefix",
            storage_endpoint=self.url,
            storage_region="us-east-1",
            storage_access_key_id="key",
            storage_secret_access_key="secret",
        )


@contextmanager
def running_bucket_server() -> Iterator[BucketServer]:
    """An S3 server for as long as the block runs; it forgets everything afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield BucketServer(_answering(f"http://127.0.0.1:{port}"))
        finally:
            process.terminate()


def _answering(url: str) -> str:
    give_up = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            httpx.get(f"{url}/moto-api/")
        except httpx.TransportError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)  # a server tells nobody when it is ready
        else:
            return url
