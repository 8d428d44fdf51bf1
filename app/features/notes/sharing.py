"""Letting the other side read a note, taking that back, and noting that they have read it."""

from uuid import UUID

from app.access.principal import Principal
from app.core.clock import now
from app.core.events import publish
from app.features.notes.events import NoteShared, NoteUnshared, about
from app.models import Note
from app.repositories.comments import CommentRepository
from app.repositories.file_attachments import AttachmentRepository, Subject
from app.repositories.note_cards import NoteCard
from app.repositories.notes import NoteRepository
from app.repositories.withdrawals import withdraw_letters


async def share_note(notes: NoteRepository, note: Note, principal: Principal) -> NoteCard:
    """Let the other side read the note, and tell them; a second time changes nothing."""
    if note.shared_at is None:
        await share(notes, note, principal)
    return await notes.card(note.id)


async def share(notes: NoteRepository, note: Note, principal: Principal) -> None:
    """Share a note that isn't; nobody of the other side has seen it since."""
    event = NoteShared(**about(note, principal.actor))
    note.shared_at, note.shared_event_id, note.seen_at = now(), event.id, None
    await notes.session.flush()
    await _show_files(notes, note, shared=True)
    await publish(notes.session, event)


async def _show_files(notes: NoteRepository, note: Note, *, shared: bool) -> None:
    files = AttachmentRepository(notes.session, notes.audience)
    await files.show(subject_of(note), shared=shared)


def subject_of(note: Note) -> Subject:
    """The note as something files hang on."""
    return Subject(kind="note", id=note.id, contact_id=note.contact_id)


async def unshare_note(notes: NoteRepository, note: Note, principal: Principal) -> NoteCard:
    """Keep the note to its own side again, at once; mails that tell of it forget what it said."""
    if note.shared_at is not None:
        await take_back_letters(notes, note)
        note.shared_at = note.shared_event_id = None
        await notes.session.flush()
        await _show_files(notes, note, shared=False)
        await publish(notes.session, NoteUnshared(**about(note, principal.actor)))
    return await notes.card(note.id)


async def take_back_letters(notes: NoteRepository, note: Note) -> None:
    """Stop unsent mails about a shared note and its comments, and empty those in the outbox."""
    if note.shared_event_id is None:
        return
    comments = CommentRepository(notes.session, notes.audience)
    events = [note.shared_event_id, *await comments.events_of("note", note.id)]
    await withdraw_letters(notes.session, note.workspace_id, events)


async def read_note(notes: NoteRepository, note_id: UUID) -> NoteCard:
    """One note; the author's side learns that the other has read it."""
    await notes.mark_seen(note_id)
    return await notes.card(note_id)
