"""Looking after the database."""

import asyncio
from typing import Annotated, Literal

import typer

from app.cli.surroundings import ready_database, unit_of_work
from app.core.schema import switch_policies
from app.settings import Settings

commands = typer.Typer(no_args_is_help=True, help="The database's own switches.")

Switch = Annotated[
    Literal["on", "off"],
    typer.Argument(help="on: rows of other practices do not exist for a transaction."),
]


@commands.command("row-level-security")
def row_level_security(switch: Switch) -> None:
    """Enforce the policies, or lift them; ATRIUM_ROW_LEVEL_SECURITY must follow."""
    with ready_database() as ready:
        asyncio.run(_switch(ready, on=switch == "on"))
    typer.echo(f"now start every process with ATRIUM_ROW_LEVEL_SECURITY={switch == 'on'}")


async def _switch(settings: Settings, *, on: bool) -> None:
    async with unit_of_work(settings) as session:
        await switch_policies(session, on=on)
