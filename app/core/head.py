"""Requests for headers alone: served as GET, whose body the server leaves out (RFC 9110 9.3.2)."""

from collections.abc import MutableMapping
from typing import Any

from starlette.requests import Request

ASKED_BY_HEAD = "atrium.asked_by_head"


def as_get(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A HEAD request's scope as that of a GET."""
    return {**scope, "method": "GET", ASKED_BY_HEAD: True}


def asked_by_head(request: Request) -> bool:
    """Whether the body, which may be dear to make, is left out anyway."""
    return bool(request.scope.get(ASKED_BY_HEAD))
