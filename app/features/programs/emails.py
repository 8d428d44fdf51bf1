"""Letters about enrollments: to clients what awaits them, to coaches what clients did."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, Recipient, TokenRef
from app.repositories.casts import Cast, ContactCard, Person, Unreachable

INVITE_TOKEN = "inv"  # noqa: S105 - a prefix, not a secret
SIGN_UP_TOKEN = "psu"  # noqa: S105 - the same

MOST_LISTED = 10
"""So many goals, assignments and files each are named in a letter."""

STEPS = {
    "account": "open your account",
    "contract": "sign the agreement",
    "forms": "fill in the forms",
    "payment": "pay",
    "schedule": "book your first session",
}
"""What a client has yet to do, in words."""


def enrollment_invited(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks the client to sign up; for whoever has no account it is the portal invite as well."""
    action = Action(label="Sign up", path=f"/sign-up/{event.subject_id}", token=_token(event))
    words = {"message": event.data["message"], "expires_at": event.data["expires_at"]}
    return [_to_client(event, cast, "enrollment_invited", words=words, action=action)]


def enrollment_activated(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Welcomes the client into the program, and lists all that it brought along.

    A client who has nothing left to do once they have signed up is told of that already: they hear
    of what the program brought along only.
    """
    brought = _listed(event.data.get("brought"))
    if event.data.get("at_sign_up") and not brought:
        return []
    token = _token(event)
    path = f"/{'sign-up' if token else 'enrollments'}/{event.subject_id}"
    action = Action(label="Open the program", path=path, token=token)
    words = {name: event.data[name] for name in ("message", "expires_at")}
    words |= {"brought": brought}
    return [_to_client(event, cast, "enrollment_activated", words=words, action=action)]


def _listed(brought: dict[str, Any] | None) -> dict[str, Any]:
    """What a program brought along, the first of each kind and how many more; nothing is {}."""
    if brought is None or not any(brought.values()):
        return {}
    return {
        kind: {"first": things[:MOST_LISTED], "more": len(things[MOST_LISTED:])}
        for kind, things in brought.items()
    }


def enrollment_paused(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that the program stands still, and that nothing is lost."""
    return [_to_client(event, cast, "enrollment_paused", action=_own_page(event))]


def enrollment_resumed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that they can go on where they were."""
    return [_to_client(event, cast, "enrollment_resumed", action=_own_page(event))]


def enrollment_cancelled(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that the practice has ended it, and why."""
    words = {"their_words": event.data["reason"]}
    return [_to_client(event, cast, "enrollment_cancelled", words=words, action=_own_page(event))]


def signed_up(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Confirms their sign-up to the client, with what is left to do."""
    steps = [STEPS[step] for step in event.data["outstanding_steps"]]
    action = _own_page(event)
    return [_to_client(event, cast, "signed_up", words={"steps": steps}, action=action)]


def client_signed_up(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that a client has said yes."""
    return [_to_coach(event, cast, "client_signed_up")]


def enrollment_declined(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that a client has said no, and why."""
    return [_to_coach(event, cast, "enrollment_declined", their_words=event.data["reason"])]


def enrollment_completed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that a client is through, unless it was the coach who said so."""
    coach = _coach(event, cast)
    if coach == cast.actor(event):
        return []
    return [_to_coach(event, cast, "enrollment_completed")]


def self_registered(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach who has come by themselves, through a program's public page."""
    contact = cast.contact(event.contact_id)
    action = Action(label=f"See {contact.first_name}'s page", path=f"/contacts/{contact.id}")
    known = {"known": event.data["known"]}
    return [_to_coach(event, cast, "self_registered", action=action, **known)]


def sign_up_confirmation(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks whoever signed up on a public page whether the address is theirs.

    Somebody asked for it a moment ago, so it goes out whatever the practice knows of the address.
    """
    if event.subject_id is None:
        raise Unreachable("the sign-up is gone")
    token = TokenRef(prefix=SIGN_UP_TOKEN, row_id=event.subject_id)
    return [
        Letter(
            template="programs/sign_up_confirmation",
            to=_visitor(event, cast),
            context={
                "name": event.data["name"],
                "program": event.data["program_name"],
                "expires_at": event.data["expires_at"],
            },
            action=Action(label="Confirm and continue", path="/confirm-sign-up", token=token),
            security=True,
        )
    ]


def _visitor(event: RecordedEvent, cast: Cast) -> Recipient:
    return Recipient(
        email=event.data["email"],
        name=event.data["name"],
        locale=cast.workspace.locale,
        time_zone=event.data["time_zone"] or cast.workspace.time_zone,
    )


def _to_client(
    event: RecordedEvent,
    cast: Cast,
    template: str,
    *,
    action: Action,
    words: dict[str, Any] | None = None,
) -> Letter:
    contact = cast.contact(event.contact_id)
    return Letter(
        template=f"programs/{template}",
        to=contact.reader,
        context={
            "first_name": contact.first_name,
            "host": cast.host(event).name,
            "program": event.data["program_name"],
            **(words or {}),
        },
        action=action,
        reply_to=cast.answers_to(contact),
    )


def _to_coach(
    event: RecordedEvent, cast: Cast, template: str, *, action: Action | None = None, **words: Any
) -> Letter:
    contact = cast.contact(event.contact_id)
    page = Action(label="See the enrollment", path=f"/enrollments/{event.subject_id}")
    return Letter(
        template=f"programs/{template}",
        to=_coach(event, cast).reader,
        context={**_client(contact), "program": event.data["program_name"], **words},
        action=action or page,
        reply_to=contact.email,
    )


def _coach(event: RecordedEvent, cast: Cast) -> Person:
    return cast.coach_of(cast.contact(event.contact_id))


def _client(contact: ContactCard) -> dict[str, Any]:
    return {
        "client": contact.name,
        "client_first_name": contact.first_name,
        "client_email": contact.email,
    }


def _own_page(event: RecordedEvent) -> Action:
    return Action(label="Open the program", path=f"/enrollments/{event.subject_id}")


def _token(event: RecordedEvent) -> TokenRef | None:
    """The portal invite that travels in the letter, if there is one."""
    invite_id = event.data["invite_id"]
    return TokenRef(prefix=INVITE_TOKEN, row_id=UUID(invite_id)) if invite_id else None
