"""A unit of work that begins late: after the request's body was taken in, however long that was.

No connection is held meanwhile, and what was done outside the database can be undone.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Annotated

import structlog
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.callers import CurrentPrincipal
from app.access.principal import Principal
from app.access.runtime import Runtime, RuntimeInApp
from app.core.idempotency import claim

log = structlog.get_logger(__name__)

Undo = Callable[[], Awaitable[None]]


class LateUnitOfWork:
    """The caller's unit of work, once it is begun; it ends with the request, as others do."""

    def __init__(
        self, request: Request, runtime: Runtime, principal: Principal, stack: AsyncExitStack
    ) -> None:
        """Wait."""
        self._request = request
        self._runtime = runtime
        self._principal = principal
        self._stack = stack
        self._undo: list[Undo] = []

    def undo_with(self, undo: Undo) -> None:
        """Have this done, after the rollback, if the request fails; latest first."""
        self._undo.append(undo)

    async def begin(self, content: Sequence[str | bytes]) -> AsyncSession:
        """Begin it, in the caller's practice; a request that was answered before ends here.

        `content` is what tells one request from another of the same Idempotency-Key.
        """
        practice = self._principal.workspace_id
        session = await self._stack.enter_async_context(self._runtime.database.writing(practice))
        scope = f"{practice}:{self._principal.id}"
        await claim(session, self._request, scope, content=content)
        return session

    async def undo(self) -> None:
        """Take back what was done outside; what can't be is left to the sweeps."""
        for undo in reversed(self._undo):
            try:
                await undo()
            except Exception:  # of any store: the others are still taken back
                log.exception("undo_failed")


async def late_unit_of_work(
    request: Request, runtime: RuntimeInApp, principal: CurrentPrincipal
) -> AsyncIterator[LateUnitOfWork]:
    """A unit of work that has yet to begin; undone if the request, or its commit, fails."""
    stack = AsyncExitStack()
    late = LateUnitOfWork(request, runtime, principal, stack)
    try:
        async with stack:
            yield late
    except Exception:  # whatever failed, the request did; a cancelled one is the sweeps'
        await late.undo()
        raise


LateWork = Annotated[LateUnitOfWork, Depends(late_unit_of_work, scope="function")]
