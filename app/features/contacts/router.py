"""The practice's contacts, coach side."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from app.access.callers import requires
from app.access.paths import ContactIdInPath, Contacts
from app.access.permissions import Permission
from app.access.principal import Principal
from app.core.paging import Page
from app.core.strict_route import StrictRoute
from app.features.contacts import listing, service
from app.features.contacts.answers import contact_out
from app.features.contacts.schemas import ContactIn, ContactOut, ContactQuery

router = APIRouter(prefix="/v1/contacts", tags=["contacts"], route_class=StrictRoute)

Reader = Annotated[Principal, Depends(requires(Permission.CONTACTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.CONTACTS_WRITE))]


@router.post("", status_code=201)
async def create_contact(body: ContactIn, contacts: Contacts, writer: Writer) -> ContactOut:
    return contact_out(await service.create_contact(contacts, body, writer))


@router.get("")
async def list_contacts(
    query: Annotated[ContactQuery, Query()], contacts: Contacts, _: Reader
) -> Page[ContactOut]:
    return await listing.list_contacts(contacts, query)


@router.get("/{contact_id}")
async def get_contact(contact_id: ContactIdInPath, contacts: Contacts, _: Reader) -> ContactOut:
    return contact_out(await contacts.card(contact_id))
