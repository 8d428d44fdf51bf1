"""Letters about forms: clients learn what they are asked, coaches that it was answered."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, TokenRef
from app.repositories.casts import Cast

INVITE_TOKEN = "inv"  # noqa: S105 - a prefix, not a secret


def form_sent(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks the client to fill it in; for whoever has no account it is the portal invite as well.

    All forms that come with a program are in one letter.
    """
    data = event.data
    if data["told"]:
        return []
    words = {
        "message": data["message"],
        "due_at": data["due_at"],
        "expires_at": data["expires_at"],
        "program": data["program_name"],
        "titles": data["titles"] or [data["title"]],
    }
    several = len(words["titles"]) > 1
    action = Action(label="Open the forms", path="/forms") if several else _own_page(event)
    return _to_client(event, cast, "form_sent", words=words, action=action)


def _own_page(event: RecordedEvent) -> Action:
    path = f"/forms/{event.subject_id}"
    return Action(label="Open the form", path=path, token=_token(event))


def _token(event: RecordedEvent) -> TokenRef | None:
    """The portal invite that travels in the letter, if there is one."""
    invite_id = event.data.get("invite_id")
    return TokenRef(prefix=INVITE_TOKEN, row_id=UUID(invite_id)) if invite_id else None


def form_reminder(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client of what they have yet to fill in."""
    words = {"kind": event.data["kind"], "due_at": event.data["due_at"]}
    return _to_client(event, cast, "form_reminder", words=words)


def form_reopened(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that the coach asks them to look at it again, and why."""
    words = {"comment": event.data["comment"], "due_at": event.data["due_at"]}
    return _to_client(event, cast, "form_reopened", words=words)


def form_submitted(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that it was handed in, with its score; the answers stay in the portal."""
    contact = cast.contact(event.contact_id)
    names = ("title", "revision", "late", "score", "band")
    return [
        Letter(
            template="forms/form_submitted",
            to=cast.coach_of(contact).reader,
            context={"author": contact.name, **{name: event.data[name] for name in names}},
            action=Action(
                label="Read the answers",
                path=f"/contacts/{contact.id}/forms/{event.subject_id}",
            ),
            reply_to=contact.email,
        )
    ]


def _to_client(
    event: RecordedEvent,
    cast: Cast,
    template: str,
    *,
    words: dict[str, Any],
    action: Action | None = None,
) -> Sequence[Letter]:
    contact = cast.contact(event.contact_id)
    if contact.shut_out:
        return []
    return [
        Letter(
            template=f"forms/{template}",
            to=contact.reader,
            context={
                "first_name": contact.first_name,
                "host": cast.host(event).name,
                "title": event.data["title"],
                **words,
            },
            action=action or _own_page(event),
            reply_to=cast.answers_to(contact),
        )
    ]
