"""Rules every route keeps."""

import inspect
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from app.core.strict_route import StrictRoute

PAGES = ("/dev/mail", "/dev/pay", "/docs", "/redoc", "/openapi.json", "/favicon")
"""For people and browsers, not part of the API."""


def api_routes(app: FastAPI) -> Iterator[APIRoute]:
    for context in iter_route_contexts(app.routes):
        route = context.route
        if isinstance(route, APIRoute) and not route.path.startswith(PAGES):
            yield route


def parts(dependant: Dependant) -> Iterator[Dependant]:
    for part in dependant.dependencies:
        yield part
        yield from parts(part)


def test_every_route_reads_strictly(app: FastAPI):
    loose = [route.path for route in api_routes(app) if not isinstance(route, StrictRoute)]

    assert loose == []


def test_every_route_says_what_it_answers(app: FastAPI):
    silent = [
        route.path
        for route in api_routes(app)
        if route.response_model is None
        and route.status_code != 204
        and route.path != "/metrics"
        and inspect.signature(route.endpoint).return_annotation is inspect.Signature.empty
    ]

    assert silent == []


def test_nothing_runs_in_a_thread_pool(app: FastAPI):
    blocking = [
        f"{route.path}: {getattr(part.call, '__name__', part.call)}"
        for route in api_routes(app)
        for part in parts(route.dependant)
        if part.call is not None
        and inspect.isfunction(part.call)
        and not (inspect.iscoroutinefunction(part.call) or inspect.isasyncgenfunction(part.call))
    ]

    assert blocking == []


def test_operations_have_names_of_their_own(app: FastAPI):
    names = [route.name for route in api_routes(app)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/docs", "/openapi.json"])
async def test_what_needs_no_sign_in_answers(http: httpx.AsyncClient, path: str):
    assert (await http.get(path)).status_code == 200
