"""The route every router of this API is made of."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, params
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response

from app.core.attempts import Handler, attempt
from app.core.database_errors import connection_was_dead
from app.core.dependency_leaves import with_leaves
from app.core.http_errors import UnsupportedMediaType
from app.core.idempotency import answer_once, asks_for_key
from app.core.strict_json import StrictRequest, refuse_nul_in_form

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def api_router(prefix: str, tag: str) -> APIRouter:
    """A router of strict routes under `prefix` (with `/v1`), in the documentation under `tag`."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        route_class=StrictRoute,
        generate_unique_id_function=operation_id,
    )


def operation_id(route: APIRoute) -> str:
    """An operation is called what its function is called; FastAPI warns when two are the same."""
    return route.name


class StrictRoute(APIRoute):
    """Reads bodies strictly, repeats a read on a dead connection, answers a POST only once."""

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, inside of what this route adds."""
        handle = self._get_plain_handler()
        if self.methods == {"GET"}:
            return _repeated_on_dead_connection(handle)
        if self.methods == {"POST"}:
            handle = answer_once(handle, required=asks_for_key(self.dependant))
        return _body_checked(handle, reads=self._body_kind())

    def _get_plain_handler(self) -> Handler:
        whole = self.dependant
        try:
            self.dependant = with_leaves(whole)
            return super().get_route_handler()
        finally:
            self.dependant = whole  # the documentation is made from it

    def _body_kind(self) -> str | None:
        if self.body_field is None:
            return None
        return "form" if isinstance(self.body_field.field_info, params.Form) else "json"


def _repeated_on_dead_connection(handle: Handler) -> Handler:
    """A read whose pooled connection had gone runs once more; cheaper than a ping before each.

    Each attempt has its own dependencies: the dead session is given back before the next begins.
    """

    async def handler(request: Request) -> Response:
        try:
            return await attempt(handle, request)
        except DBAPIError as error:
            if not connection_was_dead(error):
                raise
        return await attempt(handle, request)

    return handler


def _body_checked(handle: Handler, *, reads: str | None) -> Handler:
    check = {"json": _check_json, "form": _check_form}.get(reads or "")
    return handle if check is None else _checked_by(check, handle)


def _checked_by(check: Callable[[Request], Awaitable[None]], handle: Handler) -> Handler:
    async def handler(request: Request) -> Response:
        # built once: a second request over a consumed channel would wait forever
        strict = StrictRequest(request.scope, request.receive)
        await check(strict)
        return await handle(strict)

    return handler


async def _check_json(request: Request) -> None:
    kind = _media_type(request)
    if kind != "application/json" and not (
        kind.startswith("application/") and kind.endswith("+json")
    ):
        await _refuse_body(request, "Send application/json.")
    _refuse_coding(request)


async def _check_form(request: Request) -> None:
    if _media_type(request) not in FORMS:
        await _refuse_body(request, "Send a form.")
    _refuse_coding(request)
    await refuse_nul_in_form(request)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _refuse_body(request: Request, advice: str) -> None:
    if await request.body():
        raise UnsupportedMediaType(advice)


def _refuse_coding(request: Request) -> None:
    """A compressed body is refused (RFC 9110 8.4)."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body uncompressed.")
