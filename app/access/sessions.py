"""The request's database session: one per request, committed before the answer leaves."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.callers import CurrentPrincipal
from app.access.runtime import RuntimeInApp
from app.core.idempotency import claim

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def tenant_session(
    request: Request, runtime: RuntimeInApp, principal: CurrentPrincipal
) -> AsyncIterator[AsyncSession]:
    """A reading session for safe methods, else a unit of work, in the caller's practice.

    A POST with an Idempotency-Key claims it here, in the transaction of its effect.
    """
    if request.method in SAFE_METHODS:
        async with runtime.database.reading(principal.workspace_id) as session:
            yield session
        return
    async with runtime.database.writing(principal.workspace_id) as session:
        request.state.session = session
        if request.method == "POST":
            await claim(session, request, f"{principal.workspace_id}:{principal.id}")
        yield session


TenantSession = Annotated[AsyncSession, Depends(tenant_session, scope="function")]


async def secret_answer(request: Request, _: TenantSession) -> None:
    """The answer is not kept under an Idempotency-Key: what is kept lies in the clear."""
    request.state.idempotency = None


SecretAnswer = Depends(secret_answer)
"""For a route's `dependencies`, where the answer holds a secret of which we store the digest."""
