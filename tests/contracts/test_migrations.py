"""The migrations make exactly the tables the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from app.core.db import Database
from app.models import Base


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_match_models(fresh_database: Database):
    async with fresh_database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
