"""Dependencies that need nothing but the request, solved once and without detours.

FastAPI remembers each dependency's value for a request, but walks the whole branch below it again
before it looks: a session that needs the principal, who needs the token, made twenty rounds of it
for every contact that was read. Here a branch without parameters becomes one leaf.
"""

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant

from app.core.attempts import FUNCTION_STACK, REQUEST_STACK, SOLVED

Solver = Callable[[Request, dict[Any, Any]], Awaitable[Any]]
"""Makes a dependency's value, given those that were made before in this attempt."""

_solvers: dict[tuple[Any, Any], Solver] = {}


def with_leaves(node: Dependant) -> Dependant:
    """The same dependencies; each branch that takes no parameters is one leaf."""
    parts = [_leaf(part) if _is_plain(part) else with_leaves(part) for part in node.dependencies]
    return replace(node, dependencies=parts)


def _is_plain(node: Dependant) -> bool:
    """Whether the branch takes only the request, so that it can't fail validation."""
    taken = (
        *(node.path_params, node.query_params, node.header_params, node.cookie_params),
        *(node.body_params, node.response_param_name, node.background_tasks_param_name),
        *(node.security_scopes_param_name, node.own_oauth_scopes, node.concurrency),
    )
    return (
        not any(taken)
        and node.use_cache
        and _is_async(node.call)
        and all(_is_plain(part) for part in node.dependencies)
    )


def _is_async(call: Any) -> bool:
    """A coroutine or async generator function, or an object with a coroutine for its call."""
    awaited = iscoroutinefunction(call) or iscoroutinefunction(type(call).__call__)
    return awaited or isasyncgenfunction(call)


def _leaf(node: Dependant) -> Dependant:
    key, solve = node.call, _solver(node)

    async def leaf(request: Request) -> Any:
        solved = request.scope.setdefault(SOLVED, {})
        return solved[key] if key in solved else await solve(request, solved)

    return Dependant(call=leaf, name=node.name, request_param_name="request", path=node.path)


def _solver(node: Dependant) -> Solver:
    """How to make a dependency's value; made once for all the routes that share it."""
    key = (node.call, node.scope)
    if key not in _solvers:
        _solvers[key] = _new_solver(node)
    return _solvers[key]


def _new_solver(node: Dependant) -> Solver:
    call, make = node.call, _maker(node)
    parts = [(part.name, part.call, _solver(part)) for part in node.dependencies]
    takes_request = node.request_param_name or node.http_connection_param_name

    async def solve(request: Request, solved: dict[Any, Any]) -> Any:
        values = {takes_request: request} if takes_request else {}
        for name, key, solve_part in parts:
            value = solved[key] if key in solved else await solve_part(request, solved)
            if name:
                values[name] = value
        solved[call] = made = await make(request, values)
        return made

    return solve


def _maker(node: Dependant) -> Callable[[Request, dict[str, Any]], Awaitable[Any]]:
    call: Any = node.call
    if not isasyncgenfunction(call):
        return lambda _, values: call(**values)
    opened = asynccontextmanager(call)
    stack = FUNCTION_STACK if node.scope == "function" else REQUEST_STACK
    return lambda request, values: request.scope[stack].enter_async_context(opened(**values))
