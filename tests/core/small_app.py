"""A small app made of the core's pieces, for tests that need no feature."""

from typing import Any

import httpx
from fastapi import APIRouter

from app.core.body_limits import BodyLimits
from app.core.docs import install_docs
from app.core.edge import install_edge
from app.core.metrics import Metrics
from app.core.openapi import Api
from app.core.problems import install_problem_handlers


def small_app(
    *routers: APIRouter,
    cors_origins: tuple[str, ...] = (),
    body_limits: BodyLimits | None = None,
    **state: Any,
) -> Api:
    """An app with these routers, wired like the real one; `state` lands in `app.state`."""
    app = Api(title="Small", version="1", tags={"things": "Things."})
    app.serve(*routers)
    install_docs(app)
    install_problem_handlers(app)
    app.state.metrics = Metrics()
    for name, value in state.items():
        setattr(app.state, name, value)
    install_edge(app, metrics=app.state.metrics, cors_origins=cors_origins, body_limits=body_limits)
    return app


def client_of(app: Api, *, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client that speaks to the app in this process."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")
