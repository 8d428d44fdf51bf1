"""The app as a default install runs it: row-level security off, the throttle on."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.contracts.wired import Wired
from tests.databases import Server
from tests.make import Make
from tests.wire_proxy import wire_proxy


@pytest.fixture(scope="module")
def unfenced_url(server: Server) -> Iterator[str]:
    """A database of this module's own, without row-level security."""
    name = server.clone(server.template())
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="module")
async def wired(
    unfenced_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Wired]:
    """An app on that database, with one connection to it, which passes by the counter."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("var"), worker="off", rate_limits=True)
    async with wire_proxy(unfenced_url) as wire:
        database = Database.connect(wire.url, size=1)
        yield Wired(Make(create_app(settings, database=database)), wire)
        await database.close()
