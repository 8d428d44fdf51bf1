"""Fixtures: one real PostgreSQL, a database per worker, a transaction per test."""

from collections.abc import AsyncIterator, Iterator

import httpx
import hypothesis
import pytest
from fastapi import FastAPI

from app.core.db import Database, open_engine
from app.core.documents.print_shop import PrintShop
from app.core.logs import configure_logging
from app.main import create_app
from app.settings import Settings
from tests.databases import Server, running_server
from tests.ledgers import audit
from tests.make import Make, http_client
from tests.post_office import PostOffice
from tests.sharing import SharedDatabase

hypothesis.settings.register_profile("atrium", deadline=None)  # machines differ in speed
hypothesis.settings.load_profile("atrium")


@pytest.fixture(scope="session", autouse=True)
def _quiet_logs() -> None:
    """Only what went wrong, told in plain lines."""
    configure_logging("warning", "console")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL that all test workers share, with migrated templates to clone."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def worker_url(server: Server) -> Iterator[str]:
    """This worker's own database, with row-level security enforced."""
    name = server.clone(server.fenced_template())
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
async def shared(worker_url: str) -> AsyncIterator[SharedDatabase]:
    """The database object of this worker; `database` lends it to one test at a time."""
    shared = SharedDatabase(open_engine(worker_url, pool_size=1, max_overflow=0))
    yield shared
    await shared.close()


@pytest.fixture
async def database(shared: SharedDatabase) -> AsyncIterator[Database]:
    """A database whose changes, commits included, are undone after the test."""
    async with shared.lent():
        yield shared


@pytest.fixture
def fresh_url(server: Server) -> Iterator[str]:
    """A database of the test's own, for real commits, races and crashes."""
    name = server.clone(server.template())
    yield server.url(name)
    server.drop(name)


@pytest.fixture
async def fresh_database(fresh_url: str) -> AsyncIterator[Database]:
    """The test's own database behind a real pool of 20 connections."""
    database = Database.connect(fresh_url, size=20)
    yield database
    async with database.engine.connect() as connection:
        await audit(connection)
    await database.close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an install that keeps its files in a temporary folder."""
    return Settings(
        data_dir=tmp_path_factory.mktemp("var"),
        portal_url="https://portal.example.test",
        stripe_api_url="http://127.0.0.1:9",  # nobody is there: no test asks the real Stripe
        worker="off",
        rate_limits=False,
        row_level_security=True,
    )


@pytest.fixture(scope="session")
async def print_shop() -> AsyncIterator[PrintShop]:
    """Presses that all tests of this worker share: they take a second to warm up."""
    shop = PrintShop(presses=1)
    yield shop
    await shop.close()


@pytest.fixture(scope="session")
def app(settings: Settings, shared: SharedDatabase, print_shop: PrintShop) -> FastAPI:
    """The app, built once; its requests run in the test's transaction."""
    return create_app(settings, database=shared, print_shop=print_shop)


@pytest.fixture
async def http(app: FastAPI, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client without credentials."""
    async with http_client(app) as client:
        yield client


@pytest.fixture
def post_office(app: FastAPI, database: Database) -> PostOffice:
    """The dispatcher, run on demand, and the mail it has sent in this test."""
    return PostOffice(app.state.runtime)


@pytest.fixture
def make(app: FastAPI, database: Database, http: httpx.AsyncClient) -> Make:
    """Plain factories: practices, contacts and people who are signed in."""
    return Make(app)
