"""Letters about a client's way into the portal."""

from collections.abc import Sequence
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, TokenRef
from app.repositories.casts import Cast

INVITE_TOKEN = "inv"  # noqa: S105 - a prefix, not a secret


def portal_invited(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks the client in; the button carries the invite's token."""
    contact = cast.contact(event.contact_id)
    token = TokenRef(prefix=INVITE_TOKEN, row_id=UUID(event.data["invite_id"]))
    return [
        Letter(
            template="invites/portal_invited",
            to=contact.reader,
            context={
                "first_name": contact.first_name,
                "host": cast.host(event).name,
                "message": event.data["message"],
                "expires_at": event.data["expires_at"],
            },
            action=Action(label="Accept the invitation", path="/invite", token=token),
            reply_to=cast.answers_to(contact),
        )
    ]


def portal_access_disabled(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that the portal is closed to them, and that nothing is lost."""
    contact = cast.contact(event.contact_id)
    return [
        Letter(
            template="invites/portal_access_disabled",
            to=contact.reader,
            context={"first_name": contact.first_name, "host": cast.host(event).name},
            reply_to=cast.answers_to(contact),
        )
    ]


def portal_access_enabled(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Welcomes the client back."""
    contact = cast.contact(event.contact_id)
    return [
        Letter(
            template="invites/portal_access_enabled",
            to=contact.reader,
            context={"first_name": contact.first_name, "host": cast.host(event).name},
            action=Action(label="Open the portal", path="/"),
            reply_to=cast.answers_to(contact),
        )
    ]


def portal_activated(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that the client has come in."""
    contact = cast.contact(event.contact_id)
    return [
        Letter(
            template="invites/portal_activated",
            to=cast.coach_of(contact).reader,
            context={
                "client": contact.name,
                "client_first_name": contact.first_name,
                "client_email": contact.email,
                "activated_at": event.at,
            },
            action=Action(label=f"See {contact.first_name}'s page", path=f"/contacts/{contact.id}"),
            reply_to=contact.email,
        )
    ]
