"""The database schema's version, and bringing it up to date."""

import asyncio
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.models.policies import enforce_policies, lift_policies

ROOT = Path(__file__).parents[2]


def upgrade(url: str) -> None:
    """Migrate the database at `url` to the newest revision. Blocks; safe to run twice at once."""
    if asyncio.run(_revision_at(url)) == newest_revision():
        return
    from alembic import command  # noqa: PLC0415 - heavy, and seldom needed
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config(ROOT / "alembic.ini")
    config.attributes["database_url"] = url
    command.upgrade(config, "head")


@cache
def newest_revision() -> str:
    """The revision this code expects: migrations are numbered, one after the other."""
    files = (ROOT / "migrations" / "versions").glob("[0-9]*_*.py")
    return max(path.name.partition("_")[0] for path in files)


async def _revision_at(url: str) -> str | None:
    database = Database.connect(url, size=1)
    try:
        async with database.reading() as session:
            return await current_revision(session)
    finally:
        await database.close()


async def current_revision(session: AsyncSession) -> str | None:
    """The revision the database is at; None before the first migration."""
    table = await session.scalar(text("SELECT to_regclass('alembic_version')"))
    if table is None:
        return None
    revision: str | None = await session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


async def switch_policies(session: AsyncSession, *, on: bool) -> None:
    """Enforce row-level security on every tenant table, or lift it."""
    for statement in enforce_policies() if on else lift_policies():
        await session.execute(text(statement))
