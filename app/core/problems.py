"""Every refusal as problem+json (RFC 9457), whoever raised it."""

import json
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.core.allowed_methods import allowed_methods
from app.core.database_errors import RETRY_AFTER, refusal_of
from app.core.errors import AppError, Invalid, NotFound, Unavailable
from app.core.http_errors import BY_STATUS, BadRequest, InternalError, MethodNotAllowed
from app.core.request_ids import request_id_of
from app.core.validation_errors import concerns_path, describe

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPES = "/docs/problems#"
"""Where each code is explained; a code's anchor here is the problem's `type`."""

FIRST_SERVER_ERROR = 500


def install_problem_handlers(app: FastAPI) -> None:
    """Answer everything that may be raised in a request with problem+json."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database_away)
    app.add_exception_handler(OSError, _database_away)


async def _http(request: Request, error: Exception) -> Response:
    if isinstance(error, AppError):
        return problem_response(error, request.scope)
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == MethodNotAllowed.status:
        return _method_not_allowed(request)
    return problem_response(_named(error), request.scope)


def _method_not_allowed(request: Request) -> Response:
    headers = {"Allow": allowed_methods(request.app, request.scope["path"])}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    return problem_response(MethodNotAllowed(headers=headers), request.scope)


def _named(error: HTTPException) -> AppError:
    """The named refusal for a status raised by Starlette or FastAPI."""
    fallback = BadRequest if error.status_code < FIRST_SERVER_ERROR else InternalError
    return BY_STATUS.get(error.status_code, fallback)(headers=error.headers)


async def _validation(request: Request, error: Exception) -> Response:
    errors = error.errors() if isinstance(error, RequestValidationError) else ()
    if concerns_path(errors):
        return problem_response(NotFound(), request.scope)
    body = getattr(error, "body", None)
    return problem_response(Invalid(errors=describe(errors, body)), request.scope)


async def _database(request: Request, error: Exception) -> Response:
    if not isinstance(error, DBAPIError):
        raise error
    return problem_response(refusal_of(error), request.scope)


async def _database_away(request: Request, error: Exception) -> Response:
    """A connection that can't be had; an error about a file is a fault of ours and stays one."""
    if isinstance(error, OSError) and error.filename is not None:
        raise error
    log.warning("database is away", reason=repr(error))
    return problem_response(Unavailable(headers=RETRY_AFTER), request.scope)


def problem_response(error: AppError, scope: Scope) -> Response:
    """The answer that tells of `error`; never repeats what was sent."""
    headers = dict(error.headers or {})
    if error.status == BY_STATUS[401].status:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return Response(
        json.dumps(_problem(error, request_id_of(scope))),
        status_code=error.status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def _problem(error: AppError, request_id: str | None) -> dict[str, Any]:
    problem: dict[str, Any] = {
        "type": TYPES + error.code,
        "title": error.title,
        "status": error.status,
        "code": error.code,
    }
    if error.explanation:
        problem["detail"] = error.explanation
    if request_id:
        problem["request_id"] = request_id
    if error.errors:
        problem["errors"] = error.errors
    problem.update(error.extra)
    return problem
