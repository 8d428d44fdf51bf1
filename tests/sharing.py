"""A Database whose every session lives inside one outer transaction, undone after the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from app.core.db import Database
from tests.ledgers import audit


class SharedDatabase(Database):
    """Sessions take turns on one connection; a commit is a savepoint, a rollback undoes to it."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine, size=1, row_level_security=True)
        self._connection: AsyncConnection | None = None

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[None]:
        """Open the outer transaction; undo everything when the test is over."""
        async with self.engine.connect() as self._connection:
            outer = await self._connection.begin()
            yield
            await audit(self._connection)
            await outer.rollback()
        self._connection = None

    def _session(self, bind: object) -> AsyncSession:
        return AsyncSession(
            self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
