"""Repositories in the caller's scope, and the things that paths name."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.access.callers import CurrentPrincipal
from app.access.sessions import SAFE_METHODS, TenantSession
from app.models import Contact
from app.repositories.contacts import ContactRepository

ContactIdInPath = Annotated[UUID, Path(alias="contact_id")]


async def contact_repository(
    session: TenantSession, principal: CurrentPrincipal
) -> ContactRepository:
    """The contacts of the caller's practice."""
    return ContactRepository(session, principal.workspace_id)


Contacts = Annotated[ContactRepository, Depends(contact_repository)]


async def contact_in_path(
    request: Request, contacts: Contacts, contact_id: ContactIdInPath
) -> Contact:
    """The contact the path names, locked when the request will change it."""
    return await contacts.require(contact_id, lock=request.method not in SAFE_METHODS)


ContactInPath = Annotated[Contact, Depends(contact_in_path)]
