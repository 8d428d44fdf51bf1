"""Files as what can be commented on: shown to many, they have a thread with each."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.contacts import UnknownContact
from app.core.errors import Invalid
from app.models import File
from app.repositories.audiences import Audience
from app.repositories.comment_cards import Thread
from app.repositories.file_company import company_of, is_contact, seen_together
from app.repositories.files import FileRepository


class ContactNeeded(Invalid):
    """The file is shown to nobody yet, or to several: name the contact the thread is with."""

    code, title = "contact_required", "Name the contact"


async def file_thread(
    session: AsyncSession,
    audience: Audience,
    subject_id: UUID,
    *,
    contact_id: UUID | None = None,
    lock: bool = False,
) -> Thread:
    """The comments on a file in the company of one contact, by default the only one.

    Raises NotFound, ContactNeeded and UnknownContact (422).
    """
    file = await FileRepository(session, audience).require(subject_id, lock=lock)
    contact_id = audience.contact_id or file.contact_id or contact_id
    if contact_id is None:
        contact_id = await _only_contact(session, file)
    shared = await seen_together(session, file, contact_id)
    if not shared and not await is_contact(session, file.workspace_id, contact_id):
        raise UnknownContact
    return Thread(
        kind="file",
        subject_id=file.id,
        contact_id=contact_id,
        title=file.name,
        shared=shared,
    )


async def _only_contact(session: AsyncSession, file: File) -> UUID:
    company = await company_of(session, file, most=2)
    if len(company) != 1:
        raise ContactNeeded
    return company[0]
