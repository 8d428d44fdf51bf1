"""The database of this process: sessions that read, units of work that commit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pydantic_core
from sqlalchemy import Executable, Result, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

WAKE = "wake the dispatcher"
"""Key in `session.info`: set when the transaction leaves work for the dispatcher."""

AFTER_COMMIT = "after commit"
READING = "reading"

SET_WORKSPACE = text("SELECT set_config('app.workspace_id', :workspace_id, true)")


class Database:
    """Sessions over one bounded pool, behind a fair gate.

    Requests queue at the gate, first come first served, instead of at SQLAlchemy's pool, whose
    waiters starve under overload. Reads run in autocommit (no BEGIN and ROLLBACK round trips)
    unless row-level security is on, which needs a transaction to hold `app.workspace_id`.
    """

    def __init__(self, engine: AsyncEngine, *, size: int, row_level_security: bool) -> None:
        """Wrap an engine whose pool holds `size` connections."""
        self.engine = engine
        self.row_level_security = row_level_security
        self.on_work: Callable[[], None] = lambda: None
        self._gate = asyncio.Semaphore(size)

    @classmethod
    def connect(
        cls, url: str, *, size: int, row_level_security: bool = False, fresh_plans: bool = False
    ) -> "Database":
        """A database at `url` with at most `size` connections; connects when first used.

        `fresh_plans` are for the dispatcher: a plan kept from when the queue was empty reads all
        of it once it is long.
        """
        engine = open_engine(url, fresh_plans=fresh_plans, pool_size=size, max_overflow=0)
        return cls(engine, size=size, row_level_security=row_level_security)

    @asynccontextmanager
    async def reading(self, workspace_id: UUID | None = None) -> AsyncIterator[AsyncSession]:
        """A session for statements that change nothing."""
        if self.row_level_security:
            async with self.writing(workspace_id) as session:
                yield session
            return
        # closed by hand: `async with` makes a task to close what here takes no waiting
        async with self._gate:
            connection = await self.engine.connect()
            session = self._session(connection)
            session.info[READING] = connection
            try:
                # not as an option of the engine: then each statement runs past every kind of event
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                yield session
            finally:
                await session.close()
                await connection.close()

    @asynccontextmanager
    async def writing(self, workspace_id: UUID | None = None) -> AsyncIterator[AsyncSession]:
        """A unit of work: commits when the block ends well, rolls back when it doesn't."""
        async with self._gate, self._session(self.engine) as session, session.begin():
            if self.row_level_security:
                await scope_to(session, workspace_id)
            yield session
        for action in session.info.pop(AFTER_COMMIT, ()):
            action()
        if session.info.pop(WAKE, False):
            self.on_work()

    async def enter(self, session: AsyncSession, workspace_id: UUID) -> None:
        """Go on in this practice's rows, for a transaction that concerns more than one."""
        if self.row_level_security:
            await scope_to(session, workspace_id)

    async def close(self) -> None:
        """Close every pooled connection."""
        await self.engine.dispose()

    def _session(self, bind: AsyncEngine | AsyncConnection) -> AsyncSession:
        return AsyncSession(bind, expire_on_commit=False)


async def fetch(
    session: AsyncSession, statement: Executable, values: Mapping[str, Any]
) -> Result[*tuple[Any, ...]]:
    """Rows of columns, where a request is asked for often.

    A session that only reads lets its connection answer: what else it does for a statement is
    for entities, and costs as much again.
    """
    connection: AsyncConnection | None = session.info.get(READING)
    if connection is None:
        return await session.execute(statement, values)
    return await connection.execute(statement, values)


def open_engine(url: str, *, fresh_plans: bool = False, **options: Any) -> AsyncEngine:
    """An engine for `url` that reads and writes JSON as the API does (UUIDs, instants)."""
    server_settings = {"application_name": "atrium", "jit": "off"}
    if fresh_plans:
        server_settings["plan_cache_mode"] = "force_custom_plan"
    return create_async_engine(
        url,
        json_serializer=lambda value: pydantic_core.to_json(value).decode(),
        json_deserializer=pydantic_core.from_json,
        hide_parameters=True,  # errors are logged, and parameters are what people wrote
        connect_args={"server_settings": server_settings},
        **options,
    )


def after_commit(session: AsyncSession, action: Callable[[], None]) -> None:
    """Run `action` once the transaction has committed; never if it doesn't."""
    session.info.setdefault(AFTER_COMMIT, []).append(action)


async def scope_to(session: AsyncSession, workspace_id: UUID | None) -> None:
    """Tell row-level security, until this transaction ends, whose rows may be seen."""
    await session.execute(SET_WORKSPACE, {"workspace_id": str(workspace_id or "")})
