"""The database schema's version, and bringing it up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

ALEMBIC_INI = Path(__file__).parents[2] / "alembic.ini"


def upgrade(url: str) -> None:
    """Migrate the database at `url` to the newest revision. Blocks; safe to run twice at once."""
    config = Config(ALEMBIC_INI)
    config.attributes["database_url"] = url
    command.upgrade(config, "head")


def newest_revision() -> str | None:
    """The revision this code expects."""
    return ScriptDirectory.from_config(Config(ALEMBIC_INI)).get_current_head()


async def current_revision(session: AsyncSession) -> str | None:
    """The revision the database is at; None before the first migration."""
    table = await session.scalar(text("SELECT to_regclass('alembic_version')"))
    if table is None:
        return None
    revision: str | None = await session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
