"""The app: the only place where its parts are wired together."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from app.access.doorkeeper import Doorkeeper
from app.access.runtime import Runtime
from app.access.tokens import AccessTokens
from app.core.db import Database
from app.core.keys import secret_key, signing_key
from app.core.passwords import Passwords
from app.core.throttle import Throttle
from app.core.tokens import TokenMint
from app.features.contacts.router import router as contacts
from app.settings import Settings, load_settings

ROUTERS = (contacts,)


def create_app(settings: Settings | None = None, *, database: Database | None = None) -> FastAPI:
    """The ASGI app; `uvicorn --factory app.main:create_app` reads settings from the environment.

    Without `database` one is connected from the settings.
    """
    settings = settings or load_settings()
    runtime = make_runtime(settings, database or connect(settings))
    app = FastAPI(title="Atrium", lifespan=lifespan)
    app.state.runtime = runtime
    app.state.database = runtime.database
    for router in ROUTERS:
        app.include_router(router)
    return app
