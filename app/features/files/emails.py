"""The letter that tells one side which file the other shows it."""

from collections.abc import Sequence

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, Recipient
from app.repositories.casts import Cast, ContactCard


def file_shared(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side, if the file is still shown and they may come in."""
    contact, name = cast.contact(event.contact_id), cast.shared_title(event)
    if event.data["side"] == "client":
        return [_to_coach(event, cast, contact, name)]
    return [] if contact.shut_out else [_to_client(event, cast, contact, name)]


def _to_client(event: RecordedEvent, cast: Cast, contact: ContactCard, name: str) -> Letter:
    return _letter(
        to=contact.reader,
        author=cast.host(event).name,
        name=name,
        path=f"/files/{event.subject_id}",
        reply_to=cast.answers_to(contact),
    )


def _to_coach(event: RecordedEvent, cast: Cast, contact: ContactCard, name: str) -> Letter:
    return _letter(
        to=cast.coach_of(contact).reader,
        author=contact.name,
        name=name,
        path=f"/contacts/{contact.id}/files/{event.subject_id}",
        reply_to=contact.email,
    )


def _letter(*, to: Recipient, author: str, name: str, path: str, reply_to: str | None) -> Letter:
    return Letter(
        template="files/file_shared",
        to=to,
        context={"author": author, "name": name},
        action=Action(label="Open the file", path=path),
        reply_to=reply_to,
    )
