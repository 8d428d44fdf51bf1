"""The outermost layer: every request gets an id, every answer its headers, a log line, a count."""

import re
from collections.abc import MutableMapping
from functools import cached_property
from time import perf_counter
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from app.core.answer_headers import added_headers
from app.core.body_limits import BodyLimits
from app.core.head import as_get
from app.core.http_errors import BodyTooLarge, InternalError, NulInUrl
from app.core.metrics import Metrics
from app.core.problems import problem_response
from app.core.request_ids import request_id_from
from app.core.security_headers import RawHeaders, secured

log = structlog.get_logger(__name__)

State = MutableMapping[str, Any]

CLIENT_LEFT = 499
"""Logged when the caller hung up before an answer began (nginx's number)."""

QUIET = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked every few seconds by machines: counted, not logged."""

SECRET_IN_PATH = re.compile(r"[A-Za-z0-9_-]{48,}")
LONGEST_PLAIN_PATH = 48

UNMATCHED = "unmatched"
"""The route label of requests that no route took."""

EXPOSED = (
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Range",
    "ETag",
    "Idempotency-Replayed",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
)
SENT = (
    "Authorization",
    "Content-Disposition",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-Request-Id",
    "X-Token-Delivery",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def install_edge(
    app: FastAPI,
    *,
    metrics: Metrics,
    cors_origins: tuple[str, ...] = (),
    body_limits: BodyLimits | None = None,
    access_log: bool = True,
) -> None:
    """Put the edge around `app`, and around that CORS for exactly these origins."""
    limits = body_limits or BodyLimits()
    app.add_middleware(Edge, metrics=metrics, body_limits=limits, access_log=access_log)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=cors_origins,
            allow_methods=METHODS,
            allow_headers=SENT,
            expose_headers=EXPOSED,
            allow_credentials=True,
        )


class Edge:
    """Names, bounds, secures, logs and counts requests; answers what nothing else caught.

    HEAD is answered as GET without its body (RFC 9110 9.3.2), which the server leaves out.
    """

    def __init__(
        self, app: ASGIApp, *, metrics: Metrics, body_limits: BodyLimits, access_log: bool
    ) -> None:
        """Stand before `app`."""
        self._access_log = access_log
        self._app = app
        self._metrics = metrics
        self._body_limits = body_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        status = 0
        state = _name(scope)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _headers(message["headers"], state)
            await send(message)

        inner = as_get(scope) if scope["method"] == "HEAD" else scope
        try:
            await self._serve(inner, receive, answer)
        except Exception:  # the outermost place: what nobody caught is a 500, and logged
            log.exception("unhandled error")
            if status:
                raise
            await problem_response(InternalError(), scope)(scope, receive, answer)
        finally:
            self._report(scope["method"], inner, status or CLIENT_LEFT, perf_counter() - started)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            await problem_response(NulInUrl(), scope)(scope, receive, send)
            return
        try:
            bounded = self._body_limits.bounded(scope, receive)
        except BodyTooLarge as refusal:
            await problem_response(refusal, scope)(scope, receive, send)
            return
        await self._app(scope, bounded, send)

    def _report(self, method: str, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path_format", UNMATCHED)
        self._metrics.request_ended(method, route, status, seconds)
        if route in QUIET or not self._access_log:
            return
        self._log.info(
            "request",
            method=method,
            path=_loggable_path(scope),
            route=route,
            status=status,
            ms=round(seconds * 1000, 2),
        )

    @cached_property
    def _log(self) -> Any:
        """The logger, bound once: the lazy one binds anew for every line, at twice the price."""
        return log.bind()


def _name(scope: Scope) -> State:
    """Give the request its id; the state it shares with everybody who serves it."""
    state: State = scope.setdefault("state", {})
    state["request_id"] = request_id_from(_header(scope, b"x-request-id"))
    bind_contextvars(request_id=state["request_id"])
    return state


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    for name, value in scope["headers"]:
        if name == wanted:
            found: bytes = value
            return found
    return None


def _headers(given: RawHeaders, state: State) -> list[tuple[bytes, bytes]]:
    headers = secured(given)
    headers.append((b"x-request-id", state["request_id"].encode()))
    headers.extend(added_headers(state))
    return headers


def _loggable_path(scope: Scope) -> str:
    """The path as it was sent, percent-encoded, without what looks like a mailed token."""
    raw: bytes | None = scope.get("raw_path")
    path = raw.decode("latin-1") if raw else quote(scope["path"])
    return SECRET_IN_PATH.sub("…", path) if len(path) > LONGEST_PLAIN_PATH else path
