"""The notes a caller sees, and the one a path names."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.access.audience import SeeingSession, audience_of
from app.access.callers import CurrentClient, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.features.notes.failures import NotYourNote
from app.models import Note
from app.repositories.notes import NoteRepository

NoteId = Annotated[UUID, Path(alias="note_id")]
Reader = Annotated[Principal, Depends(requires(Permission.NOTES_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.NOTES_WRITE))]


async def team_notes(reader: Reader, session: TenantSession) -> NoteRepository:
    """The notes the team sees."""
    return NoteRepository(session, audience_of(reader))


async def seen_team_notes(reader: Reader, session: SeeingSession) -> NoteRepository:
    """The same, for reading one of them."""
    return NoteRepository(session, audience_of(reader))


async def client_notes(client: CurrentClient, session: TenantSession) -> NoteRepository:
    """The notes the calling client sees."""
    return NoteRepository(session, audience_of(client))


async def seen_client_notes(client: CurrentClient, session: SeeingSession) -> NoteRepository:
    """The same, for reading one of them."""
    return NoteRepository(session, audience_of(client))


TeamNotes = Annotated[NoteRepository, Depends(team_notes)]
SeenTeamNotes = Annotated[NoteRepository, Depends(seen_team_notes)]
ClientNotes = Annotated[NoteRepository, Depends(client_notes)]
SeenClientNotes = Annotated[NoteRepository, Depends(seen_client_notes)]


async def team_note(_: Writer, notes: TeamNotes, note_id: NoteId) -> Note:
    """The team's note the path names, locked."""
    return await own_note(notes, note_id)


async def client_note(notes: ClientNotes, note_id: NoteId) -> Note:
    """The client's own note the path names, locked."""
    return await own_note(notes, note_id)


async def own_note(notes: NoteRepository, note_id: UUID) -> Note:
    """A note of the caller's side, to be changed. Raises NotFound, and NotYourNote (403)."""
    note = await notes.require(note_id, lock=True)
    if note.side != notes.audience.side:
        raise NotYourNote
    return note


TeamNoteInPath = Annotated[Note, Depends(team_note)]
ClientNoteInPath = Annotated[Note, Depends(client_note)]
