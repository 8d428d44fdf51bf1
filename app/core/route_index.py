"""From a path straight to the few routes it may belong to."""

from collections import defaultdict

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

SEGMENTS = 2
"""How many of a path's first segments tell routes apart: `/v1/contacts`."""

Key = tuple[str, str]


class RouteIndex:
    """Stands before a router, whose own search tries every route before the right one.

    What is not found here, a path of no route or another method of one, is left to the router.
    """

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._indexed = 0
        self._routes: dict[Key, list[BaseRoute]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] == "http":
            for route in self._candidates(scope["method"], scope["path"]):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found, router=self._router)
                    await route.handle(scope, receive, send)
                    return
        await self._router.app(scope, receive, send)

    def _candidates(self, method: str, path: str) -> list[BaseRoute]:
        if self._indexed != len(self._router.routes):
            self._routes = _by_start(self._router.routes)
            self._indexed = len(self._router.routes)
        return self._routes.get((method, _start_of(path)), [])


def _by_start(routes: list[BaseRoute]) -> dict[Key, list[BaseRoute]]:
    """The routes by method and start, in their order; those that start variably are left out."""
    index: dict[Key, list[BaseRoute]] = defaultdict(list)
    for route in routes:
        start = _start_of(getattr(route, "path_format", "{}"))
        if "{" not in start:
            for method in getattr(route, "methods", None) or ():
                index[method, start].append(route)
    return dict(index)


def _start_of(path: str) -> str:
    return "/".join(path.split("/", SEGMENTS + 1)[: SEGMENTS + 1])
