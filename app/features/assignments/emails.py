"""Letters about assignments: clients learn what is to be done, coaches what was."""

from collections.abc import Sequence

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
from app.repositories.casts import Cast


def assigned(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client what there is to do, unless it came with a program."""
    if event.data.get("by_program"):
        return []
    return _to_client(event, cast, "assigned")


def returned(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that another try is asked for."""
    return _to_client(event, cast, "returned")


def completed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that the coach is content."""
    return _to_client(event, cast, "completed")


def due_soon(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client, a day before."""
    return _to_client(event, cast, "due_soon")


def overdue(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client, a day after."""
    return _to_client(event, cast, "overdue")


def submitted(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach what was handed in."""
    return _to_coach(event, cast, "submitted")


def late(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that nothing was handed in."""
    return _to_coach(event, cast, "late")


def _to_client(event: RecordedEvent, cast: Cast, name: str) -> Sequence[Letter]:
    contact = cast.contact(event.contact_id)
    if contact.shut_out:
        return []
    return [
        Letter(
            template=f"assignments/{name}",
            to=contact.reader,
            context={**_words(event), "author": cast.host(event).name},
            action=Action(label="Open the assignment", path=f"/assignments/{event.subject_id}"),
            reply_to=cast.answers_to(contact),
        )
    ]


def _to_coach(event: RecordedEvent, cast: Cast, name: str) -> Sequence[Letter]:
    contact = cast.contact(event.contact_id)
    path = f"/contacts/{contact.id}/assignments/{event.subject_id}"
    return [
        Letter(
            template=f"assignments/{name}",
            to=cast.coach_of(contact).reader,
            context={**_words(event), "author": contact.name},
            action=Action(label="Open the assignment", path=path),
            reply_to=contact.email,
        )
    ]


def _words(event: RecordedEvent) -> dict[str, str | None]:
    return {"title": event.data["title"], "due_at": event.data["due_at"]}
