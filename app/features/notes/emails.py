"""The letter that tells one side what the other shares with it."""

from collections.abc import Sequence

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, Recipient
from app.repositories.casts import Cast, ContactCard


def note_shared(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side, if the note is still shared and they may come in."""
    contact, title = cast.contact(event.contact_id), cast.shared_title(event)
    if event.data["side"] == "client":
        return [_to_coach(event, cast, contact, title)]
    return [] if contact.shut_out else [_to_client(event, cast, contact, title)]


def _to_client(event: RecordedEvent, cast: Cast, contact: ContactCard, title: str) -> Letter:
    return _letter(
        to=contact.reader,
        author=cast.host(event).name,
        title=title,
        path=f"/notes/{event.subject_id}",
        reply_to=cast.answers_to(contact),
    )


def _to_coach(event: RecordedEvent, cast: Cast, contact: ContactCard, title: str) -> Letter:
    return _letter(
        to=cast.coach_of(contact).reader,
        author=contact.name,
        title=title,
        path=f"/contacts/{contact.id}/notes/{event.subject_id}",
        reply_to=contact.email,
    )


def _letter(*, to: Recipient, author: str, title: str, path: str, reply_to: str | None) -> Letter:
    return Letter(
        template="notes/note_shared",
        to=to,
        context={"author": author, "title": title},
        action=Action(label="Read the note", path=path),
        reply_to=reply_to,
    )
