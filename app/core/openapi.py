"""The OpenAPI 3.1 document: what FastAPI finds in the routes, completed and made consistent."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_type_hints

from fastapi import APIRouter, FastAPI, Response
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.telemetry import TelemetryConfig

from app.core.idempotency import asks_for_key
from app.core.openapi_components import (
    IDEMPOTENCY_KEY,
    REQUEST_ID,
    RETRY_AFTER,
    SECURITY_SCHEMES,
    problem_schemas,
)
from app.core.openapi_operations import Completer
from app.core.openapi_twins import merge_twins
from app.core.problem_catalogue import catalogue
from app.core.route_index import RouteIndex
from app.core.strict_route import operation_id

Json = dict[str, Any]

LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}

NOT_MODIFIED = {"description": "Not changed since the `If-None-Match`"}

NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
"""Looking for OpenTelemetry's settings at every request is not free, and spans hold queries."""

STOCK_SCHEMAS = ("HTTPValidationError", "ValidationError")
"""FastAPI's own errors, which this API never answers."""


class Api(FastAPI):
    """A FastAPI app whose OpenAPI document is complete; `app.core.docs` serves it.

    `tags` explains each of the routers' tags: `{name: description}`.
    """

    def __init__(self, *, title: str, version: str, tags: Mapping[str, str], **more: Any) -> None:
        """Make the app; `more` is FastAPI's."""
        super().__init__(
            title=title,
            version=version,
            openapi_tags=[{"name": name, "description": tags[name]} for name in tags],
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
            generate_unique_id_function=operation_id,
            license_info=LICENSE,
            telemetry=NO_TELEMETRY,
            servers=[{"url": "/", "description": "Here"}],
            **more,
        )
        self.router.middleware_stack = RouteIndex(self.router)

    def serve(self, *routers: APIRouter) -> None:
        """Answer these routers' routes, taken over as they are.

        `include_router` would keep each router as a branch, which is searched twice for every
        request, and build each route's handler a second time.
        """
        for router in routers:
            self.router.routes.extend(router.routes)

    def openapi(self) -> Json:
        """The document; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(merge_twins(super().openapi()), self)
        return self.openapi_schema


def dump_openapi(app: FastAPI) -> str:
    """The document as text that only changes when the API does: keys sorted, one per line."""
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def completed(document: Json, app: FastAPI) -> Json:
    """The document with problems, security, the idempotency key and common headers declared."""
    known = catalogue()
    completer = Completer(known)
    demanding = frozenset(_operations_demanding_a_key(app))
    sparing = frozenset(_operations_sparing_what_is_known(app))
    for method, operation in _operations(document):
        if operation["operationId"] in sparing:
            operation["responses"].setdefault("304", dict(NOT_MODIFIED))
        required = operation["operationId"] in demanding
        completer.complete(operation, method=method, key_required=required)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in STOCK_SCHEMAS:
        schemas.pop(name, None)
    schemas.update(problem_schemas(known))
    components["responses"] = completer.responses
    components["headers"] = {"X-Request-Id": REQUEST_ID, "Retry-After": RETRY_AFTER}
    components["parameters"] = _parameters(document)
    components["securitySchemes"] = dict(SECURITY_SCHEMES)
    return document


def _operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path in document["paths"].values():
        yield from path.items()


def _operations_demanding_a_key(app: FastAPI) -> Iterator[str]:
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and asks_for_key(route.dependant):
            yield route.unique_id


def _operations_sparing_what_is_known(app: FastAPI) -> Iterator[str]:
    """Those that give either a thing or, to whoever has it, a bare response: `Thing | Response`."""
    for route in iter_route_contexts(app.routes):
        endpoint = route.original_route
        if isinstance(endpoint, APIRoute) and "GET" in (endpoint.methods or ()):
            gives = get_type_hints(endpoint.endpoint).get("return")
            if Response in get_args(gives):
                yield route.unique_id


def _parameters(document: Json) -> Json:
    """The shared parameters that are used; a linter objects to others."""
    text = json.dumps(document["paths"])
    parameters = {
        "IdempotencyKey": {**IDEMPOTENCY_KEY, "required": False},
        "RequiredIdempotencyKey": {**IDEMPOTENCY_KEY, "required": True},
    }
    return {name: value for name, value in parameters.items() if f"/{name}" in text}
