"""The database schema's version, and bringing it up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.policies import enforce_policies, lift_policies

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


async def switch_policies(session: AsyncSession, *, on: bool) -> None:
    """Enforce row-level security on every tenant table, or lift it."""
    for statement in enforce_policies() if on else lift_policies():
        await session.execute(text(statement))
