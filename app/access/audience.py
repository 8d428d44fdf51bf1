"""The caller as one of the two sides, and a session that may note what they have seen."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.callers import ClientsOnly, CurrentPrincipal
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.repositories.audiences import Audience


def audience_of(principal: Principal) -> Audience:
    """The side the caller is on."""
    if principal.role != "client":
        return Audience.team(principal.workspace_id)
    if principal.contact_id is None:
        raise ClientsOnly
    return Audience.client(principal.workspace_id, principal.contact_id)


async def seeing_session(
    runtime: RuntimeInApp, principal: CurrentPrincipal
) -> AsyncIterator[AsyncSession]:
    """A unit of work for a GET that leaves a read receipt."""
    async with runtime.database.writing(principal.workspace_id) as session:
        yield session


SeeingSession = Annotated[AsyncSession, Depends(seeing_session, scope="function")]
