"""A letter as its outbox row keeps it until it is rendered."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, StoredEnclosure, TokenRef
from app.dispatcher.attachments import Attachment

AS_IT_IS = ("words", "locale", "time_zone", "security", "reply_to")
"""What a row keeps of an envelope in the same form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a row's `context` holds: the words of the letter and how it is to be presented.

    `words` are the template's own variables. `security` letters go out whatever the reader
    prefers. `practice_id` is the practice whose looks the letter wears. `topic` is the type of
    the event it tells of, `member_id` its reader where that is someone on the team.
    """

    words: dict[str, Any]
    locale: str
    time_zone: str
    security: bool
    practice_id: UUID
    action: Action | None
    reply_to: str | None
    topic: str | None
    member_id: UUID | None


def packed(letter: Letter, event: RecordedEvent) -> dict[str, Any]:
    """The letter as JSON values (instants, ids and the action are left to the serializer)."""
    return {
        "words": letter.context,
        "locale": letter.to.locale,
        "time_zone": letter.to.time_zone,
        "security": letter.security,
        "practice_id": letter.workspace_id or event.workspace_id,
        "action": letter.action,
        "reply_to": letter.reply_to,
        "enclosures": letter.enclosures,
        "files": letter.files,
        "topic": letter.topic or event.type,
        "member_id": letter.to.member_id,
    }


def unpacked(context: dict[str, Any]) -> Envelope:
    """The envelope a row's `context` holds."""
    return Envelope(
        **{name: context[name] for name in AS_IT_IS},
        practice_id=UUID(context["practice_id"]),
        action=_action(context["action"]),
        topic=context.get("topic"),
        member_id=UUID(member_id) if (member_id := context.get("member_id")) else None,
    )


def enclosed(context: dict[str, Any]) -> tuple[Attachment, ...]:
    """What travels with the letter."""
    return tuple(
        Attachment(
            each["filename"],
            each["content_type"],
            each["text"].encode(),
            each["params"],
            alternative=each["alternative"],
        )
        for each in context.get("enclosures", ())
    )


def stored_files(context: dict[str, Any]) -> tuple[StoredEnclosure, ...]:
    """What travels with the letter and is yet to be read from the storage."""
    return tuple(StoredEnclosure(**each) for each in context.get("files", ()))


def _action(value: dict[str, Any] | None) -> Action | None:
    if value is None:
        return None
    return Action(label=value["label"], path=value["path"], token=_token(value["token"]))


def _token(value: dict[str, Any] | None) -> TokenRef | None:
    if value is None:
        return None
    return TokenRef(
        prefix=value["prefix"], row_id=UUID(value["row_id"]), generation=value["generation"]
    )
