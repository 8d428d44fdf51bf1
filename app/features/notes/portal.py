"""The client's own notes, and those that the team shares with them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from app.access.callers import CurrentClient
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.notes import sharing, writing
from app.features.notes.answers import list_notes, note_out, tagged, tagged_or_known
from app.features.notes.failures import UNACCEPTABLE, NotYourNote
from app.features.notes.paths import ClientNoteInPath, ClientNotes, NoteId, SeenClientNotes
from app.features.notes.schemas import NoteChanges, NoteOut, PortalNoteIn, PortalNoteQuery

router = api_router("/v1/portal/notes", "notes")


@router.post("", status_code=201, responses=problems(*UNACCEPTABLE))
async def create_portal_note(
    client: CurrentClient, body: PortalNoteIn, notes: ClientNotes, response: Response
) -> NoteOut:
    """Write a note; the coach sees it, and is told, only if `share` is true."""
    contact_id = client.contact_id or UUID(int=0)
    card = await writing.write_note(notes, contact_id, body, client)
    response.headers["Location"] = f"/v1/portal/notes/{card.id}"
    return tagged(response, card, notes.audience)


@router.get("")
async def list_portal_notes(
    query: Annotated[PortalNoteQuery, Query()], notes: ClientNotes
) -> Page[NoteOut]:
    """The client's own notes, and those that the team shares with them."""
    return await list_notes(notes, query)


@router.get("/{note_id}", response_model=NoteOut)
async def get_portal_note(
    note_id: NoteId, notes: SeenClientNotes, request: Request, response: Response
) -> NoteOut | Response:
    """One note; the team, where it is theirs, learns that it was read."""
    card = await sharing.read_note(notes, note_id)
    return tagged_or_known(request, response, card, notes.audience)


@router.post("/{note_id}/seen")
async def mark_portal_note_seen(note_id: NoteId, notes: ClientNotes) -> NoteOut:
    """Tell the team that its note was read, as reading it does."""
    return note_out(await sharing.read_note(notes, note_id), notes.audience)


@router.patch(
    "/{note_id}",
    responses=problems(NotYourNote, VersionRequired, *UNACCEPTABLE),
)
async def change_portal_note(
    client: CurrentClient,
    note: ClientNoteInPath,
    body: NoteChanges,
    notes: ClientNotes,
    response: Response,
    if_match: IfMatch = None,
) -> NoteOut:
    """Change a note of one's own; `If-Match` is required, so that no words get lost."""
    check_version(note.version, if_match, required=True)
    return tagged(response, await writing.change_note(notes, note, body, client), notes.audience)


@router.delete("/{note_id}", status_code=204, responses=problems(NotYourNote))
async def delete_portal_note(
    client: CurrentClient, note: ClientNoteInPath, notes: ClientNotes
) -> None:
    """Remove a note of one's own for good, with its comments."""
    await writing.delete_note(notes, note, client)


@router.post("/{note_id}/share", responses=problems(NotYourNote))
async def share_portal_note(
    client: CurrentClient, note: ClientNoteInPath, notes: ClientNotes, response: Response
) -> NoteOut:
    """Let the coach read the note from now on; they are told by e-mail."""
    return tagged(response, await sharing.share_note(notes, note, client), notes.audience)


@router.post("/{note_id}/unshare", responses=problems(NotYourNote))
async def unshare_portal_note(
    client: CurrentClient, note: ClientNoteInPath, notes: ClientNotes, response: Response
) -> NoteOut:
    """Keep the note to oneself again: the coach sees neither it nor its comments."""
    return tagged(response, await sharing.unshare_note(notes, note, client), notes.audience)
