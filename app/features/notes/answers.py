"""Notes' rows as answers, made without validating again what the database holds."""

from functools import partial

from fastapi import Request, Response

from app.access.attachments import attached_out
from app.access.authors import author_out
from app.core.etags import etag, not_modified
from app.core.newest_first import last_seen, newest_first
from app.core.paging import Page
from app.features.notes.schemas import NoteOut, PortalNoteQuery
from app.repositories.audiences import Audience
from app.repositories.note_cards import NoteCard
from app.repositories.notes import NoteRepository

MADE = frozenset({"author", "attachments", "can_edit"})
PLAIN = tuple(name for name in NoteOut.model_fields if name not in MADE)


def note_out(card: NoteCard, audience: Audience) -> NoteOut:
    """A note as the API gives it to this audience."""
    return NoteOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        author=author_out(card),
        attachments=attached_out(card.attachments),
        can_edit=card.side == audience.side,
    )


def tagged(response: Response, card: NoteCard, audience: Audience) -> NoteOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = _tag(card)
    return note_out(card, audience)


def tagged_or_known(
    request: Request, response: Response, card: NoteCard, audience: Audience
) -> NoteOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    return not_modified(request, _tag(card)) or tagged(response, card, audience)


def _tag(card: NoteCard) -> str:
    """Being read or commented on is no edit, but a page that shows it is stale."""
    moving = (card.seen_at, card.comment_count, card.author_name, card.attachments)
    return etag(card.version, *moving)


async def list_notes(notes: NoteRepository, query: PortalNoteQuery) -> Page[NoteOut]:
    """A page of notes, newest first."""
    rows = await notes.page(query.filter(), before=last_seen(query), limit=query.limit)
    out = partial(note_out, audience=notes.audience)
    return newest_first(Page[NoteOut], rows, query, out)
