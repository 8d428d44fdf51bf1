"""Letters between the two sides: from the team to a client, and from a client to their coach."""

from collections.abc import Sequence
from typing import Any

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
from app.repositories.casts import Cast


def to_other_side(
    event: RecordedEvent, cast: Cast, template: str, *, label: str, place: str, **words: Any
) -> Sequence[Letter]:
    """Tells the side that did not do it, as the event's `side` says."""
    write = to_coach if event.data["side"] == "client" else to_client
    return write(event, cast, template, label=label, place=place, **words)


def to_client(
    event: RecordedEvent, cast: Cast, template: str, *, label: str, place: str, **words: Any
) -> Sequence[Letter]:
    """Tells the client, unless they are shut out; its button leads to the event's subject.

    `place` is where such things are in the portal, say `goals`. The words have an `author`: the
    member of the team who did it, else the client's coach.
    """
    contact = cast.contact(event.contact_id)
    if contact.shut_out:
        return []
    return [
        Letter(
            template=template,
            to=contact.reader,
            context={"author": cast.host(event).name, **words},
            action=Action(label=label, path=f"/{place}/{event.subject_id}"),
            reply_to=cast.answers_to(contact),
        )
    ]


def to_coach(
    event: RecordedEvent, cast: Cast, template: str, *, label: str, place: str, **words: Any
) -> Sequence[Letter]:
    """Tells the client's coach; the `author` is the client, on whose page the subject is."""
    contact = cast.contact(event.contact_id)
    path = f"/contacts/{contact.id}/{place}/{event.subject_id}"
    return [
        Letter(
            template=template,
            to=cast.coach_of(contact).reader,
            context={"author": contact.name, **words},
            action=Action(label=label, path=path),
            reply_to=contact.email,
        )
    ]
