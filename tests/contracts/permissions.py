"""Which permission an operation asks for, read from its dependencies."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from app.access.permissions import Permission
from tests.contracts.operations import Operation


def permission_of(app: FastAPI, operation: Operation) -> Permission | None:
    """The permission `requires(...)` demands on this operation's route."""
    for context in iter_route_contexts(app.routes):
        route = context.route
        if isinstance(route, APIRoute) and route.name == operation.name:
            return next(_permissions(route.dependant), None)
    return None


def _permissions(dependant: Dependant) -> Iterator[Permission]:
    for part in dependant.dependencies:
        call: Any = part.call
        for cell in getattr(call, "__closure__", None) or ():
            if isinstance(cell.cell_contents, Permission):
                yield cell.cell_contents
        yield from _permissions(part)
