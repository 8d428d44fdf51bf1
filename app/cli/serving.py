"""The two commands that go on until they are stopped."""

import asyncio
from functools import partial

from rich.console import Console

from app import server
from app.cli.surroundings import database, ready_database, told_in_one_line
from app.core.logs import configure_logging
from app.core.schema import upgrade
from app.demo import DemoAccount, seed_demo
from app.dispatcher.lifecycle import run_worker
from app.dispatcher.wake import Waker
from app.main import create_app, dispatcher_of, make_runtime
from app.settings import Settings, load_settings


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
                on_answering=partial(_say_where, ready, demo),
            )


def worker() -> None:
    """Run the dispatcher alone, beside servers started with ATRIUM_WORKER=off."""
    with ready_database() as ready:
        configure_logging(ready.log_level, ready.log_format)
        asyncio.run(_work(ready))


async def _work(settings: Settings) -> None:
    runtime = make_runtime(settings)
    try:
        async with dispatcher_of(runtime) as engine:
            await run_worker(engine, waker=Waker(str(settings.database_url)))
    finally:
        await runtime.print_shop.close()


def _say_where(settings: Settings, demo: DemoAccount | None) -> None:
    """Print the addresses a newcomer needs."""
    say = partial(Console(highlight=False).print, soft_wrap=True)
    say(f"\n[bold]Atrium answers on {settings.api_url}[/bold]")
    say(f"  API          {settings.api_url}/docs")
    if settings.smtp_url is None:
        say(f"  Mailbox      {settings.api_url}/dev/mail")
    if demo:
        say(f"  Demo coach   {demo.email}, password {demo.password}")
    say("  Stop         Ctrl-C\n")
