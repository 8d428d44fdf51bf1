"""Which methods a path answers; Starlette names those of the first matching route only."""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

Table = list[tuple[re.Pattern[str], frozenset[str]]]


def allowed_methods(app: FastAPI, path: str) -> str:
    """The value of `Allow` for a path (RFC 9110 10.2.1); empty when no route matches it."""
    found = frozenset[str]().union(
        *(methods for pattern, methods in _table(app) if pattern.match(path))
    )
    if "GET" in found:
        found |= {"HEAD"}
    return ", ".join(sorted(found | {"OPTIONS"})) if found else ""


def _table(app: FastAPI) -> Table:
    """Every path's pattern and methods, read once: routes don't change after the start."""
    state: Any = app.state
    if not hasattr(state, "allowed_methods"):
        state.allowed_methods = [
            (route.path_regex, frozenset(route.methods))
            for route in iter_route_contexts(app.routes)
            if route.methods
        ]
    table: Table = state.allowed_methods
    return table
