"""The app: the only place where its parts are wired together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import health
from app.access.doorkeeper import Doorkeeper
from app.access.runtime import Runtime
from app.access.tokens import AccessTokens
from app.core.client_address import ClientAddresses
from app.core.db import Database
from app.core.edge import install_edge
from app.core.keys import secret_key, signing_key
from app.core.metrics import Metrics
from app.core.passwords import Passwords
from app.core.principal_throttle import PrincipalThrottle
from app.core.problems import install_problem_handlers
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy
from app.core.tokens import TokenMint
from app.features.contacts.router import router as contacts
from app.features.custom_fields.router import router as custom_fields
from app.features.invites.batch_router import router as invite_batches
from app.features.invites.public import router as public_invites
from app.features.invites.router import router as invites
from app.settings import Settings, load_settings

ROUTERS = (contacts, custom_fields, invites, invite_batches, public_invites, health.router)

PRINCIPAL_POLICY = Policy(name="principal", limit=1200, per_seconds=60)
"""What one person, or one integration, may ask of us."""


def create_app(settings: Settings | None = None, *, database: Database | None = None) -> FastAPI:
    """The ASGI app; `uvicorn --factory app.main:create_app` reads settings from the environment.

    Without `database` one is connected from the settings, which must then name its URL.
    """
    settings = settings or load_settings()
    runtime = make_runtime(settings, database or connect(settings))
    app = FastAPI(
        title="Atrium",
        summary="The client portal API for coaches.",
        version="1",
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
    )
    app.state.runtime = runtime
    app.state.database = runtime.database
    install_problem_handlers(app)
    install_edge(app, metrics=runtime.metrics, cors_origins=settings.cors_origins)
    for router in ROUTERS:
        app.include_router(router)
    return app


def connect(settings: Settings) -> Database:
    """The database the settings name."""
    return Database.connect(
        str(settings.database_url),
        size=settings.database_pool,
        row_level_security=settings.row_level_security,
    )


def make_runtime(settings: Settings, database: Database) -> Runtime:
    """The parts of one app."""
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
    )


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the dispatcher beside the app, if settings say so; close connections at the end."""
    runtime: Runtime = app.state.runtime
    try:
        yield
    finally:
        await runtime.database.close()
