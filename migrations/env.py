"""Runs migrations over an async connection, one process at a time."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.models import Base
from app.settings import load_settings

MIGRATION_LOCK = 4_716_210_911


def migrate(connection: Connection) -> None:
    """Bring the connection's database to the target revision."""
    context.configure(
        connection=connection, target_metadata=Base.metadata, compare_server_default=True
    )
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.run_migrations()


async def migrate_url(url: str) -> None:
    """Connect and migrate."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


def database_url() -> str:
    """The URL the caller put into the configuration's attributes, else ATRIUM_DATABASE_URL."""
    url = context.config.attributes.get("database_url") or load_settings().database_url
    if not isinstance(url, str):
        raise SystemExit("set ATRIUM_DATABASE_URL")
    return url


asyncio.run(migrate_url(database_url()))
