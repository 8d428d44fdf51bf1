"""Letters about who is on the team."""

from collections.abc import Sequence

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, Recipient, TokenRef
from app.repositories.casts import Cast, Unreachable

MEMBER_TOKEN = "mem"  # noqa: S105 - a prefix, not a secret

ROLES = {"owner": "an owner", "coach": "a coach", "assistant": "an assistant"}


def member_invited(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks a person to join the team; the button carries the invite's token."""
    if event.subject_id is None:
        raise Unreachable("the invitation is gone")
    inviter = cast.actor(event) or cast.owners[0]
    token = TokenRef(
        prefix=MEMBER_TOKEN, row_id=event.subject_id, generation=event.data["generation"]
    )
    return [
        Letter(
            template="members/member_invited",
            to=_invited_person(event, cast),
            context={
                "inviter": inviter.name,
                "role": ROLES[event.data["role"]],
                "expires_at": event.data["expires_at"],
            },
            action=Action(label="Join the team", path="/join", token=token),
            reply_to=inviter.email,
        )
    ]


def member_joined(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other owners who has joined."""
    joined = cast.actor(event) or cast.member(event.subject_id)
    return [
        Letter(
            template="members/member_joined",
            to=owner.reader,
            context={
                "member": joined.name,
                "member_email": joined.email,
                "role": ROLES[joined.role or "assistant"],
            },
            action=Action(label="See your team", path="/team"),
            reply_to=joined.email,
        )
        for owner in cast.owners
        if owner.user_id != joined.user_id
    ]


def _invited_person(event: RecordedEvent, cast: Cast) -> Recipient:
    return Recipient(
        email=event.data["email"],
        name=event.data["name"] or "",
        locale=cast.workspace.locale,
        time_zone=cast.workspace.time_zone,
    )
