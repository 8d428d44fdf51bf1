"""The commands of `python -m app`."""

import typer

from app import server
from app.cli import contracts, database, jobs, serving, upkeep

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def atrium() -> None:
    """The client portal API for coaching practices. Settings: environment, ATRIUM_..."""
    server.end_by_exception()


cli.command()(serving.serve)
cli.command()(serving.worker)
cli.command()(upkeep.migrate)
cli.command()(upkeep.demo)
cli.command()(upkeep.openapi)
cli.add_typer(contracts.commands, name="contracts")
cli.add_typer(jobs.commands, name="jobs")
cli.add_typer(database.commands, name="db")
