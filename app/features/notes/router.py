"""The team's notes, and those that clients share with it; coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.contacts import UnknownContact
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.notes import sharing, writing
from app.features.notes.answers import list_notes as listed
from app.features.notes.answers import note_out, tagged, tagged_or_known
from app.features.notes.failures import UNACCEPTABLE, NotYourNote
from app.features.notes.paths import NoteId, SeenTeamNotes, TeamNoteInPath, TeamNotes, Writer
from app.features.notes.schemas import NoteChanges, NoteIn, NoteOut, NoteQuery

router = api_router("/v1/notes", "notes")


@router.post("", status_code=201, responses=problems(UnknownContact, *UNACCEPTABLE))
async def create_note(
    writer: Writer, body: NoteIn, notes: TeamNotes, response: Response
) -> NoteOut:
    """Write a note about a contact; the client sees it, and is told, only if `share` is true."""
    card = await writing.write_note(notes, body.contact_id, body, writer)
    response.headers["Location"] = f"/v1/notes/{card.id}"
    return tagged(response, card, notes.audience)


@router.get("")
async def list_notes(query: Annotated[NoteQuery, Query()], notes: TeamNotes) -> Page[NoteOut]:
    """The team's own notes, and those that clients share with it."""
    return await listed(notes, query)


@router.get("/{note_id}", response_model=NoteOut)
async def get_note(
    note_id: NoteId, notes: SeenTeamNotes, request: Request, response: Response
) -> NoteOut | Response:
    """One note; a client whose note it is learns that it was read."""
    card = await sharing.read_note(notes, note_id)
    return tagged_or_known(request, response, card, notes.audience)


@router.post("/{note_id}/seen")
async def mark_note_seen(note_id: NoteId, notes: TeamNotes) -> NoteOut:
    """Tell the client that their note was read, as reading it does."""
    return note_out(await sharing.read_note(notes, note_id), notes.audience)


@router.patch(
    "/{note_id}",
    responses=problems(NotYourNote, VersionRequired, *UNACCEPTABLE),
)
async def change_note(
    writer: Writer,
    note: TeamNoteInPath,
    body: NoteChanges,
    notes: TeamNotes,
    response: Response,
    if_match: IfMatch = None,
) -> NoteOut:
    """Change a note of the team's; `If-Match` is required, so that nobody's words get lost."""
    check_version(note.version, if_match, required=True)
    return tagged(response, await writing.change_note(notes, note, body, writer), notes.audience)


@router.delete("/{note_id}", status_code=204, responses=problems(NotYourNote))
async def delete_note(writer: Writer, note: TeamNoteInPath, notes: TeamNotes) -> None:
    """Remove a note of the team's for good, with its comments."""
    await writing.delete_note(notes, note, writer)


@router.post("/{note_id}/share", responses=problems(NotYourNote))
async def share_note(
    writer: Writer, note: TeamNoteInPath, notes: TeamNotes, response: Response
) -> NoteOut:
    """Let the client read the note from now on; they are told by e-mail."""
    return tagged(response, await sharing.share_note(notes, note, writer), notes.audience)


@router.post("/{note_id}/unshare", responses=problems(NotYourNote))
async def unshare_note(
    writer: Writer, note: TeamNoteInPath, notes: TeamNotes, response: Response
) -> NoteOut:
    """Keep the note within the team again: the client sees neither it nor its comments."""
    return tagged(response, await sharing.unshare_note(notes, note, writer), notes.audience)
