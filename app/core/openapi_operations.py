"""What every operation of the OpenAPI document says without its route saying so."""

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from app.core.errors import (
    AppError,
    Forbidden,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    VersionMismatch,
)
from app.core.http_errors import (
    BadRequest,
    BodyTooLarge,
    InternalError,
    InvalidJson,
    UnsupportedMediaType,
)
from app.core.idempotency import KeyMalformed, KeyRequired
from app.core.idempotency_store import KeyInUse, KeyReused
from app.core.openapi_components import BEARER, PASSWORD, problem_response
from app.core.problem_catalogue import CODES

Json = dict[str, Any]

ALWAYS: tuple[type[AppError], ...] = (BadRequest, InternalError, Unavailable)
SIGNED_IN: tuple[type[AppError], ...] = (Unauthorized, Forbidden, TooManyRequests)
WITH_BODY: tuple[type[AppError], ...] = (
    InvalidJson,
    BodyTooLarge,
    UnsupportedMediaType,
    Invalid,
)
WITH_KEY: tuple[type[AppError], ...] = (KeyMalformed, KeyInUse, KeyReused)

STOCK_DESCRIPTION = "Successful Response"

KEYLESS = "x-keyless"
"""In a route's `openapi_extra`: true where an Idempotency-Key has no effect."""

KEY = {"$ref": "#/components/parameters/IdempotencyKey"}
REQUIRED_KEY = {"$ref": "#/components/parameters/RequiredIdempotencyKey"}
REQUEST_ID = {"$ref": "#/components/headers/X-Request-Id"}
RETRY_AFTER = {"$ref": "#/components/headers/Retry-After"}
RETRIABLE = frozenset({409, 429, 503})


class Completer:
    """Completes operations; gathers in `responses` the answers they share."""

    def __init__(self, known: Mapping[str, type[AppError]]) -> None:
        """Know every code."""
        self._known = known
        self.responses: dict[str, Json] = {}

    def complete(self, operation: Json, *, method: str, key_required: bool) -> None:
        """Add security, the idempotency key, every general refusal, and each answer's headers."""
        operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
        signed_in = bool(operation.get("security"))
        operation["security"] = [{BEARER: []}, {PASSWORD: []}] if signed_in else []
        refusals = list(_general(operation, signed_in=signed_in))
        keyless = operation.pop(KEYLESS, False)
        if signed_in and method == "post" and not keyless:
            _take_key(operation, required=key_required)
            refusals += [*WITH_KEY, KeyRequired] if key_required else WITH_KEY
        _drop_stock_validation_error(operation["responses"])
        self._declare(operation["responses"], refusals)

    def _declare(self, responses: Json, refusals: Iterable[type[AppError]]) -> None:
        codes: dict[int, list[str]] = {}
        for refusal in refusals:
            codes.setdefault(refusal.status, []).append(refusal.code)
        for declared, answer in responses.items():
            if CODES in answer:
                codes.setdefault(int(declared), []).extend(answer[CODES])
            else:
                _complete_success(answer, int(declared))
        for status, of_status in codes.items():
            responses[str(status)] = {"$ref": self._shared(status, list(dict.fromkeys(of_status)))}

    def _shared(self, status: int, codes: list[str]) -> str:
        name = "Or".join(code.title().replace("_", "") for code in codes)
        if name not in self.responses:
            answer = problem_response(self._known[code] for code in codes)
            answer["headers"] = {"X-Request-Id": REQUEST_ID}
            if status in RETRIABLE:
                answer["headers"]["Retry-After"] = RETRY_AFTER
            self.responses[name] = answer
        return f"#/components/responses/{name}"


def _complete_success(answer: Json, status: int) -> None:
    answer.setdefault("headers", {})["X-Request-Id"] = REQUEST_ID
    if answer["description"] == STOCK_DESCRIPTION:
        answer["description"] = f"{HTTPStatus(status).phrase}."
    for media in answer.get("content", {}).values():
        if media.pop("itemSchema", None):  # OpenAPI 3.2's way to describe a stream; this is 3.1
            media["schema"] = {"type": "string"}


def _drop_stock_validation_error(responses: Json) -> None:
    """FastAPI declares its own 422 for whatever takes parameters."""
    if "HTTPValidationError" in str(responses.get("422")):
        del responses["422"]


def _take_key(operation: Json, *, required: bool) -> None:
    given = [p for p in operation.get("parameters", ()) if p["name"] != "Idempotency-Key"]
    operation["parameters"] = [*given, REQUIRED_KEY if required else KEY]


def _general(operation: Json, *, signed_in: bool) -> Iterator[type[AppError]]:
    """The refusals that follow from what the operation takes."""
    parameters = operation.get("parameters", ())
    yield from ALWAYS
    if signed_in:
        yield from SIGNED_IN
    if any(parameter["in"] == "path" for parameter in parameters):
        yield NotFound
    if any(parameter["name"] == "If-Match" for parameter in parameters):
        yield VersionMismatch
    if "requestBody" in operation:
        yield from WITH_BODY
    elif any(parameter["in"] == "query" for parameter in parameters):
        yield Invalid
