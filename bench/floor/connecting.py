"""Connections of asyncpg's own to a database that SQLAlchemy names by its URL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import make_url


def place(url: str) -> dict[str, Any]:
    """What asyncpg has to be told of the database."""
    parts = make_url(url)
    return {
        "user": parts.username,
        "database": parts.database,
        "host": parts.query["host"],
        "port": int(str(parts.query["port"])),
        "server_settings": {"jit": "off"},
    }


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection for the time of the block."""
    connection = await asyncpg.connect(**place(url))
    try:
        yield connection
    finally:
        await connection.close()
