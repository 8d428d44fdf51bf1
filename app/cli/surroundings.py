"""What commands stand on: a database that is there, and one clear line where it isn't."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import typer
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from app import server
from app.core.db import Database
from app.embedded.postgres import EmbeddedPostgres
from app.embedded.postgres_commands import EmbeddedPostgresError
from app.settings import Settings, SettingsError, load_settings

WRONG_USE, FAILED = 2, 1


class DatabaseUnreachable(Exception):
    """The database of ATRIUM_DATABASE_URL does not answer; the text is one clear line."""


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """End with one clear line where the surroundings are at fault, not the code."""
    try:
        yield
    except SettingsError as error:
        typer.echo(f"atrium: {error}", err=True)
        raise typer.Exit(WRONG_USE) from error
    except (EmbeddedPostgresError, DatabaseUnreachable, server.PortError) as error:
        typer.echo(f"atrium: {error}", err=True)
        raise typer.Exit(FAILED) from error


@contextmanager
def database(settings: Settings) -> Iterator[Settings]:
    """Settings with a database: the one they name, or the embedded one for as long as we run."""
    if settings.database_url:
        asyncio.run(_reach(settings.database_url))
        yield settings
        return
    postgres = EmbeddedPostgres(settings.data_dir / "postgres")
    url = postgres.start()
    try:
        yield settings.model_copy(update={"database_url": url})
    finally:
        postgres.stop()


@contextmanager
def ready_database() -> Iterator[Settings]:
    """The same with the settings of the environment, problems told in one line."""
    with told_in_one_line(), database(load_settings()) as ready:
        yield ready


@asynccontextmanager
async def unit_of_work(settings: Settings) -> AsyncIterator[AsyncSession]:
    """One transaction for a command that looks after the engine room."""
    database = Database.connect(str(settings.database_url), size=1)
    try:
        async with database.writing() as session:
            yield session
    finally:
        await database.close()


async def _reach(url: str) -> None:
    """Connect once; raises DatabaseUnreachable with the reason."""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect():
            pass
    except (OSError, DBAPIError) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
        raise DatabaseUnreachable(f"can't reach the database: {reason}") from error
    finally:
        await engine.dispose()
