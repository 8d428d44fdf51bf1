"""Looking after jobs that failed for good."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.cli.surroundings import ready_database, unit_of_work
from app.dispatcher.dead_letters import DeadLetter, discard, list_dead, requeue
from app.settings import Settings

commands = typer.Typer(no_args_is_help=True, help="Jobs that failed for good.")

Kind = Annotated[str | None, typer.Option(help="Only jobs of this kind.")]
Ids = Annotated[list[int], typer.Argument(help="The jobs' numbers, as `dead` lists them.")]


@commands.command("dead")
def show_dead(kind: Kind = None) -> None:
    """List them, with what went wrong."""
    with ready_database() as ready:
        letters = asyncio.run(_dead(ready, kind))
    table = Table("id", "kind", "died", "attempts", "crashes", "last error")
    for one in letters:
        table.add_row(
            str(one.id),
            one.kind,
            f"{one.died_at:%Y-%m-%d %H:%M}",
            str(one.attempts),
            str(one.crashes),
            one.last_error or "",
        )
    Console().print(table)


async def _dead(settings: Settings, kind: str | None) -> list[DeadLetter]:
    async with unit_of_work(settings) as session:
        return await list_dead(session, kind=kind)


@commands.command("requeue")
def try_again(ids: Ids) -> None:
    """Try these again, as if they were new."""
    with ready_database() as ready:
        requeued = asyncio.run(_requeue(ready, ids))
    typer.echo(f"{len(requeued)} waiting again")


async def _requeue(settings: Settings, ids: list[int]) -> list[int]:
    async with unit_of_work(settings) as session:
        return await requeue(session, ids=ids)


@commands.command("discard")
def drop(ids: Ids) -> None:
    """Drop these for ever."""
    with ready_database() as ready:
        asyncio.run(_discard(ready, ids))


async def _discard(settings: Settings, ids: list[int]) -> None:
    async with unit_of_work(settings) as session:
        await discard(session, ids)
