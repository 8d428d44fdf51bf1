"""The app: the only place where its parts are wired together."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from app.access.doorkeeper import Doorkeeper
from app.access.runtime import Runtime
from app.access.tokens import AccessTokens
from app.core.body_limits import BodyLimits
from app.core.client_address import ClientAddresses
from app.core.db import Database
from app.core.docs import install_docs
from app.core.documents.key_store import SealKeys
from app.core.documents.print_shop import PrintShop
from app.core.edge import install_edge
from app.core.keys import secret_key, signing_key
from app.core.metrics import Metrics
from app.core.openapi import Api
from app.core.passwords import Passwords
from app.core.principal_throttle import PrincipalThrottle
from app.core.problems import install_problem_handlers
from app.core.signed_links import SignedLinks
from app.core.storage_places import open_storage
from app.core.streams import Streams
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy
from app.core.tokens import TokenMint
from app.dispatcher.assembly import make_engine, make_renderer, make_shelf, make_transport
from app.dispatcher.engine import Engine
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.embedded.mailbox import Mailbox
from app.embedded.mailbox_viewer import mailbox_router
from app.embedded.play_money import play_money_router
from app.features.contract_checks.checking import LARGEST_COPY
from app.features.payments.cashiers import Cashiers
from app.routing import ROUTERS, TAGS
from app.settings import Settings, load_settings
from app.workflows.onboarding import ProgramOnboarding

UPLOADS = re.compile(r"/v1/(portal/)?files(/[^/]+/versions)?")
"""Where files come in."""

COPIES = re.compile(r"/v1/public/contracts/verify")
"""Where copies of contracts come in."""

FORM_AROUND_FILE = 65_536
"""Bytes that a multipart form may add to its file."""

DISPATCHER_CONNECTIONS = 4

PRINCIPAL_POLICY = Policy(name="principal", limit=1200, per_seconds=60)
"""What one person, or one integration, may ask of us."""


def create_app(
    settings: Settings | None = None,
    *,
    database: Database | None = None,
    print_shop: PrintShop | None = None,
) -> FastAPI:
    """The ASGI app; `uvicorn --factory app.main:create_app` reads settings from the environment.

    Without `database` one is connected from the settings, which must then name its URL.
    """
    settings = settings or load_settings()
    runtime = make_runtime(settings, database, print_shop=print_shop)
    app = Api(
        title="Atrium",
        summary="The client portal API for coaches.",
        version="1",
        tags=TAGS,
        lifespan=lifespan,
    )
    app.state.runtime = runtime
    app.state.database = runtime.database
    app.state.renderer = make_renderer(settings, runtime.mint)
    app.state.letter_shelf = make_shelf(settings, runtime.mint)
    app.state.cashiers = Cashiers(settings)
    install_problem_handlers(app)
    install_edge(
        app,
        metrics=runtime.metrics,
        cors_origins=settings.cors_origins,
        body_limits=BodyLimits(
            larger=[
                (UPLOADS, settings.file_size_limit + FORM_AROUND_FILE),
                (COPIES, LARGEST_COPY + FORM_AROUND_FILE),
            ]
        ),
        access_log=settings.access_log,
    )
    install_docs(app)
    app.serve(*ROUTERS)
    if settings.smtp_url is None:
        app.serve(mailbox_router(Mailbox(settings.data_dir / "mail")))
    if settings.takes_play_money:
        app.serve(play_money_router(app))
    return app


def make_runtime(
    settings: Settings,
    database: Database | None = None,
    *,
    print_shop: PrintShop | None = None,
) -> Runtime:
    """The parts of one app, with the database the settings name unless another is given."""
    database = database or _connect(settings, size=settings.database_pool)
    tokens = AccessTokens(signing_key(settings))
    throttle = Throttle(database, enabled=settings.rate_limits)
    return Runtime(
        settings=settings,
        database=database,
        mint=TokenMint(secret_key(settings)),
        access_tokens=tokens,
        doorkeeper=Doorkeeper(tokens, database),
        passwords=Passwords(),
        throttle=throttle,
        principals=PrincipalThrottle(throttle, PRINCIPAL_POLICY),
        addresses=ClientAddresses(settings.trusted_proxies),
        metrics=Metrics(),
        storage=open_storage(settings),
        links=SignedLinks(secret_key(settings)),
        streams=Streams(),
        onboarding=ProgramOnboarding(),
        print_shop=print_shop or PrintShop(extra_fonts=settings.font_dir),
        seal_keys=SealKeys(database, settings),
    )


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Pass on news of work, run the dispatcher if settings say so; close connections at last."""
    runtime: Runtime = app.state.runtime
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runtime.database.close)
        stack.push_async_callback(runtime.print_shop.close)
        waker = Waker(str(runtime.settings.database_url))
        await stack.enter_async_context(waker.running())
        runtime.database.on_work = waker.announce
        waker.hear(runtime.streams.ring)
        if runtime.settings.worker == "embedded":
            engine = await stack.enter_async_context(dispatcher_of(runtime))
            await stack.enter_async_context(running_worker(engine, waker=waker))
        yield


@asynccontextmanager
async def dispatcher_of(runtime: Runtime) -> AsyncIterator[Engine]:
    """The dispatcher's engine, with connections of its own: mail never waits for requests."""
    database = _connect(runtime.settings, size=DISPATCHER_CONNECTIONS, fresh_plans=True)
    transport = make_transport(runtime.settings)
    try:
        yield make_engine(
            database,
            renderer=make_renderer(runtime.settings, runtime.mint),
            transport=transport,
            settings=runtime.settings,
            mint=runtime.mint,
            print_shop=runtime.print_shop,
            registry=runtime.metrics.registry,
        )
    finally:
        await transport.close()
        await database.close()


def _connect(settings: Settings, *, size: int, fresh_plans: bool = False) -> Database:
    return Database.connect(
        str(settings.database_url),
        size=size,
        row_level_security=settings.row_level_security,
        fresh_plans=fresh_plans,
    )
