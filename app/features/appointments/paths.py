"""Who calls, on either side, and where their appointments are."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.callers import CurrentClient, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession

Reader = Annotated[Principal, Depends(requires(Permission.APPOINTMENTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.APPOINTMENTS_WRITE))]

AppointmentId = Annotated[UUID, Path(alias="appointment_id")]


@dataclass(frozen=True, slots=True)
class ClientSide:
    """A client's own part of a practice."""

    session: AsyncSession
    principal: Principal
    contact_id: UUID

    @property
    def workspace_id(self) -> UUID:
        """The practice."""
        return self.principal.workspace_id


async def client_side(principal: CurrentClient, session: TenantSession) -> ClientSide:
    """The caller, who is a client, with their contact."""
    if principal.contact_id is None:
        raise AssertionError("a client is always somebody's contact")
    return ClientSide(session, principal, principal.contact_id)


Mine = Annotated[ClientSide, Depends(client_side)]
