"""The migrations make exactly the tables the models describe."""

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.core.db import Database
from app.core.schema import ROOT, newest_revision
from app.models import Base
from tests.databases import Server


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_match_models(fresh_database: Database):
    async with fresh_database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_the_newest_revision_is_the_one_head():
    heads = ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_heads()
    assert heads == [newest_revision()]


def test_a_server_on_a_migrated_database_never_loads_alembic(server: Server):
    url = server.url(server.template())
    started = f"import sys; import app.cli; from app.core.schema import upgrade; upgrade({url!r})"
    subprocess.run(
        [sys.executable, "-c", f"{started}; assert 'alembic' not in sys.modules"], check=True
    )
