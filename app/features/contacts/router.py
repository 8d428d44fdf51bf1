"""The practice's contacts, coach side."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access.callers import requires
from app.access.paths import ContactIdInPath, ContactInPath, Contacts
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.core.errors import VersionMismatch
from app.core.etags import IfMatch, check_version
from app.core.paging import Page, PageQuery
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.contacts import leaving, listing, service, timeline, welcoming
from app.features.contacts.answers import (
    contact_out,
    tagged,
    tagged_or_known,
)
from app.features.contacts.failures import (
    ContactEmailTaken,
    ContactInUse,
    ExternalIdTaken,
    UnknownCoach,
)
from app.features.contacts.schemas import ContactChanges, ContactIn, ContactOut
from app.features.contacts.schemas_lists import (
    ContactCountQuery,
    ContactCounts,
    ContactQuery,
    TagList,
    TimelineEntry,
)

router = api_router("/v1/contacts", "contacts")

Reader = Annotated[Principal, Depends(requires(Permission.CONTACTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.CONTACTS_WRITE))]
Remover = Annotated[Principal, Depends(requires(Permission.CONTACTS_DELETE))]

UNACCEPTABLE = (ContactEmailTaken, ExternalIdTaken, UnknownCoach)


@router.post("", status_code=201, responses=problems(*UNACCEPTABLE, *welcoming.INVITE_REFUSALS))
async def create_contact(
    writer: Writer, body: ContactIn, contacts: Contacts, runtime: RuntimeInApp, response: Response
) -> ContactOut:
    """Add a contact; with `send_portal_invite` they are invited in the same step, or not added."""
    card = await welcoming.add_contact(contacts, body, writer, runtime.mint)
    response.headers["Location"] = f"/v1/contacts/{card.id}"
    return tagged(response, card)


@router.get("")
async def list_contacts(
    _: Reader, query: Annotated[ContactQuery, Query()], contacts: Contacts
) -> Page[ContactOut]:
    """The contacts that match, page by page."""
    return await listing.list_contacts(contacts, query)


@router.get("/counts")
async def count_contacts(
    _: Reader, query: Annotated[ContactCountQuery, Query()], contacts: Contacts
) -> ContactCounts:
    """How many of the contacts that match are in each portal status: the figures on the tabs."""
    return await listing.count_contacts(contacts, query)


@router.get("/tags")
async def list_contact_tags(_: Reader, contacts: Contacts) -> TagList:
    """The tags in use, and how often."""
    return await listing.list_tags(contacts)


@router.get("/{contact_id}", response_model=ContactOut)
async def get_contact(
    _: Reader,
    contact_id: ContactIdInPath,
    contacts: Contacts,
    request: Request,
    response: Response,
) -> ContactOut | Response:
    """One contact."""
    return tagged_or_known(request, response, await contacts.card(contact_id))


@router.patch("/{contact_id}", responses=problems(VersionMismatch, *UNACCEPTABLE))
async def change_contact(
    writer: Writer,
    contact: ContactInPath,
    body: ContactChanges,
    contacts: Contacts,
    response: Response,
    if_match: IfMatch = None,
) -> ContactOut:
    """Change some fields of a contact."""
    check_version(contact.version, if_match)
    return tagged(response, await service.change_contact(contacts, contact, body, writer))


@router.delete("/{contact_id}", status_code=204, responses=problems(ContactInUse))
async def delete_contact(
    remover: Remover, contact: ContactInPath, contacts: Contacts, runtime: RuntimeInApp
) -> None:
    """Remove a contact for good, and a client's access; refused while papers must be kept."""
    await leaving.delete_contact(contacts, contact, remover, runtime.doorkeeper)


@router.post("/{contact_id}/archive")
async def archive_contact(writer: Writer, contact: ContactInPath, contacts: Contacts) -> ContactOut:
    """Put a contact aside; a pending invite of theirs is taken back."""
    return contact_out(await leaving.archive_contact(contacts, contact, writer))


@router.post("/{contact_id}/unarchive")
async def unarchive_contact(
    writer: Writer, contact: ContactInPath, contacts: Contacts
) -> ContactOut:
    """Take a contact up again."""
    return contact_out(await leaving.unarchive_contact(contacts, contact, writer))


@router.get("/{contact_id}/timeline")
async def list_contact_events(
    _: Reader,
    contact: ContactInPath,
    query: Annotated[PageQuery, Query()],
    contacts: Contacts,
) -> Page[TimelineEntry]:
    """What has happened to a contact, newest first."""
    return await timeline.read_timeline(contacts, contact.id, query)
