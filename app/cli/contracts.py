"""Checking contracts' logs."""

import asyncio

import typer
from rich.console import Console
from rich.table import Table

from app.cli.surroundings import FAILED, ready_database, unit_of_work
from app.core.db import scope_to
from app.repositories.contract_checks import AlteredLog, all_practices, altered_logs
from app.settings import Settings

commands = typer.Typer(no_args_is_help=True, help="Contracts' logs.")


@commands.callback()
def contracts() -> None:
    """What proves who signed what."""


@commands.command("check")
def check() -> None:
    """Check every log entry by entry; ends with 1, and names them, where any was altered."""
    with ready_database() as ready:
        checked, altered = asyncio.run(_check(ready))
    if not altered:
        typer.echo(f"{checked} logs, none altered")
        return
    table = Table("workspace", "contract", "title", "broken at entry")
    for one in altered:
        table.add_row(str(one.workspace_id), str(one.contract_id), one.title, str(one.broken_at))
    Console().print(table)
    raise typer.Exit(FAILED)


async def _check(settings: Settings) -> tuple[int, list[AlteredLog]]:
    checked, altered = 0, list[AlteredLog]()
    async with unit_of_work(settings) as session:
        for practice in await all_practices(session):
            await scope_to(session, practice)
            count, some = await altered_logs(session, practice)
            checked, altered = checked + count, altered + some
    return checked, altered
