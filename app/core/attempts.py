"""Running a route's handler with function-scoped dependencies of its own."""

from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

FUNCTION_STACK, REQUEST_STACK = "fastapi_function_astack", "fastapi_inner_astack"
"""Where FastAPI keeps the exit stacks of `Depends(..., scope="function")` and of the others."""

SOLVED = "solved_dependencies"
"""Where the values of this attempt's dependencies are."""


async def attempt(handle: Handler, request: Request) -> Response:
    """Run `handle`; when this returns, or raises, its unit of work has ended."""
    async with AsyncExitStack() as stack:
        request.scope[FUNCTION_STACK] = stack
        request.scope[SOLVED] = {}
        return await handle(request)
