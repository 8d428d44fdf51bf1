"""A server killed in the middle of an upload leaves nothing, once the sweep has come."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from app.core.db import Database
from app.main import create_app
from app.models import FileVersion
from app.settings import Settings
from tests.features.files.serving import RunningServer, running_server
from tests.features.files.test_upkeep import sweep
from tests.file_samples import MP4
from tests.post_office import PostOffice


def half_an_upload(server: RunningServer, stored: Callable[[], list[Path]]) -> None:
    """Send twenty of a hundred megabytes, and kill the server once some of it is on disk."""
    url, token = server.http.base_url, server.http.headers["Authorization"]
    head = (
        f"POST /v1/files?name=film.mp4 HTTP/1.1\r\nHost: {url.host}\r\n"
        f"Authorization: {token}\r\nContent-Length: 100000000\r\n\r\n"
    )
    with socket.create_connection((url.host, url.port or 80)) as sending:
        sending.sendall(head.encode() + MP4 + b"x" * 20_000_000)
        while not stored():
            sending.sendall(b"x" * 100_000)
        server.process.kill()
        server.process.wait()


async def test_nothing_is_left(fresh_database: Database, fresh_url: str, tmp_path: Path):
    def stored() -> list[Path]:
        return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]

    with running_server(fresh_url, tmp_path) as server:
        await asyncio.to_thread(half_an_upload, server, stored)
    async with fresh_database.reading() as session:
        states = (await session.scalars(select(FileVersion.state))).all()
    assert (len(stored()), states) == (1, ["pending"])

    settings = Settings(data_dir=tmp_path, worker="off")
    await sweep(PostOffice(create_app(settings, database=fresh_database).state.runtime))
    async with fresh_database.reading() as session:
        left = (await session.scalars(select(FileVersion.state))).all()
    assert (stored(), left) == ([], [])
