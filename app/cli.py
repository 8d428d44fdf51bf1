"""The commands of `python -m app`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app import server
from app.core.logs import configure_logging
from app.core.openapi import dump_openapi
from app.core.schema import upgrade
from app.demo import DemoAccount, seed_demo
from app.embedded.postgres import EmbeddedPostgres
from app.embedded.postgres_commands import EmbeddedPostgresError
from app.main import create_app
from app.settings import Settings, SettingsError, load_settings

WRONG_USE, FAILED = 2, 1
OPENAPI_FILE = Path("openapi/openapi.json")

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


class DatabaseUnreachable(Exception):
    """The database of ATRIUM_DATABASE_URL does not answer; the text is one clear line."""


@cli.callback()
def atrium() -> None:
    """The client portal API for coaching practices. Settings: environment, ATRIUM_..."""
    server.end_by_exception()


@cli.command()
def serve() -> None:
    """Answer requests: the embedded database is started when ATRIUM_DATABASE_URL is not set."""
    with told_in_one_line():
        listener, settings = server.listen(load_settings())
        configure_logging(settings.log_level, settings.log_format)
        with listener, database(settings) as ready:
            upgrade(str(ready.database_url))
            wants_demo = ready.demo and settings.database_url is None
            demo = asyncio.run(seed_demo(ready)) if wants_demo else None
            server.serve(
                create_app(ready),
                settings=ready,
                listener=listener,
                on_answering=partial(say_where, ready, demo),
            )


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema; safe to run from several machines at once."""
    with told_in_one_line(), database(load_settings()) as ready:
        upgrade(str(ready.database_url))


@cli.command()
def openapi(path: Path = OPENAPI_FILE) -> None:
    """Write the API's description, which clients are generated from."""
    with TemporaryDirectory() as nowhere:  # where the keys go that every app has
        app = create_app(Settings(data_dir=Path(nowhere), database_url="postgresql://nowhere"))
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump_openapi(app), encoding="utf-8")


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
        asyncio.run(reach(settings.database_url))
        yield settings
        return
    postgres = EmbeddedPostgres(settings.data_dir / "postgres")
    url = postgres.start()
    try:
        yield settings.model_copy(update={"database_url": url})
    finally:
        postgres.stop()


async def reach(url: str) -> None:
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


def say_where(settings: Settings, demo: DemoAccount | None) -> None:
    """Print the addresses a newcomer needs."""
    say = partial(Console(highlight=False).print, soft_wrap=True)
    say(f"\n[bold]Atrium answers on {settings.api_url}[/bold]")
    say(f"  API          {settings.api_url}/docs")
    if settings.smtp_url is None:
        say(f"  Mailbox      {settings.api_url}/dev/mail")
    if demo:
        say(f"  Demo coach   {demo.email}, password {demo.password}")
    say("  Stop         Ctrl-C\n")
