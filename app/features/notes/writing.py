"""Writing notes, changing them, and letting them go."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.attachments import attach, reattach
from app.access.contacts import UnknownAppointment, UnknownContact, UnknownEnrollment
from app.access.principal import Principal
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.fields import changes
from app.core.ids import new_id
from app.core.markdown import rendered
from app.features.notes.events import NoteDeleted, NoteUpdated, about
from app.features.notes.schemas import NoteChanges, PortalNoteIn
from app.features.notes.sharing import share, subject_of, take_back_letters
from app.models import Note
from app.repositories.comments import CommentRepository
from app.repositories.file_attachments import AttachmentRepository
from app.repositories.note_cards import NoteCard
from app.repositories.notes import NoteRepository


async def write_note(
    notes: NoteRepository, contact_id: UUID, body: PortalNoteIn, principal: Principal
) -> NoteCard:
    """Add a note of the caller's side about a contact, shared if the body says so.

    Raises UnknownContact, UnknownEnrollment, UnknownAppointment and UnknownFile (422).
    """
    values = body.model_dump(exclude={"share", "contact_id", "file_ids"})
    await _check_references(notes, contact_id, values)
    note = Note(
        id=new_id(),
        contact_id=contact_id,
        side=notes.audience.side,
        author_id=principal.member_id,
        body_html=await rendered(body.body),
        **values,
    )
    await _add(notes, note)
    await attach(notes.session, notes.audience, subject_of(note), body.file_ids, shared=False)
    if body.share:
        await share(notes, note, principal)
    return await notes.card(note.id)


async def _check_references(
    notes: NoteRepository, contact_id: UUID, values: Mapping[str, Any]
) -> None:
    """What a note is attached to is the same contact's."""
    enrollment_id, appointment_id = values.get("enrollment_id"), values.get("appointment_id")
    if enrollment_id and not await notes.is_enrolled(contact_id, enrollment_id):
        raise UnknownEnrollment
    if appointment_id and not await notes.attends(contact_id, appointment_id):
        raise UnknownAppointment


async def _add(notes: NoteRepository, note: Note) -> None:
    notes.add(note)
    try:
        await notes.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "notes_workspace_id_contact_id_fkey":
            raise UnknownContact from None
        raise


async def change_note(
    notes: NoteRepository, note: Note, body: NoteChanges, principal: Principal
) -> NoteCard:
    """Give a note of the caller's side, whose row is locked, other values.

    Raises UnknownEnrollment, UnknownAppointment and UnknownFile (422).
    """
    values = changes(body)
    files = values.pop("file_ids", None)
    changed = {name: new for name, new in values.items() if getattr(note, name) != new}
    await _check_references(notes, note.contact_id, changed)
    if files is not None and await _reattach(notes, note, files):
        note.updated_at = now()
        changed["file_ids"] = files
    if "body" in changed:
        note.body_html = await rendered(changed["body"])
    for name in values.keys() & changed.keys():
        setattr(note, name, changed[name])
    await notes.session.flush()
    if changed and note.shared_at:
        event = NoteUpdated(**about(note, principal.actor), changed=tuple(changed))
        await publish(notes.session, event)
    return await notes.card(note.id)


async def _reattach(notes: NoteRepository, note: Note, file_ids: Sequence[UUID]) -> bool:
    shared = note.shared_at is not None
    return await reattach(notes.session, notes.audience, subject_of(note), file_ids, shared=shared)


async def delete_note(notes: NoteRepository, note: Note, principal: Principal) -> None:
    """Remove a note of the caller's side, its comments, and what mails said of it."""
    await take_back_letters(notes, note)
    await CommentRepository(notes.session, notes.audience).remove_all("note", note.id)
    await AttachmentRepository(notes.session, notes.audience).detach(subject_of(note))
    await notes.delete(note)
    if note.shared_at:
        await publish(notes.session, NoteDeleted(**about(note, principal.actor)))
