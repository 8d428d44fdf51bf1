"""Commands that do one thing and end."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from app.cli.surroundings import FAILED, ready_database
from app.core.openapi import dump_openapi
from app.core.schema import upgrade
from app.demo import seed_demo
from app.main import create_app
from app.settings import Settings

OPENAPI_FILE = Path("openapi/openapi.json")


def migrate() -> None:
    """Bring the database to the newest schema; safe to run from several machines at once."""
    with ready_database() as ready:
        upgrade(str(ready.database_url))


def demo() -> None:
    """Fill an empty database with the demo practice."""
    with ready_database() as ready:
        upgrade(str(ready.database_url))
        account = asyncio.run(seed_demo(ready))
    if account is None:
        typer.echo("atrium: the database is not empty, and no demo", err=True)
        raise typer.Exit(FAILED)
    typer.echo(f"{account.email}, password {account.password}")


def openapi(path: Path = OPENAPI_FILE) -> None:
    """Write the API's description, which clients are generated from."""
    with TemporaryDirectory() as nowhere:  # where the keys go that every app has
        app = create_app(Settings(data_dir=Path(nowhere), database_url="postgresql://nowhere"))
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump_openapi(app), encoding="utf-8")
