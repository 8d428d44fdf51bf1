"""What is written to whom: a reaction's answer to an event, before it is rendered or sent."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A reader: where the letter goes, and the language and IANA zone it is written for.

    `contact_id` is set for a client, `member_id` for someone on the team; a guest has neither.
    """

    email: str
    name: str
    locale: str = "en"
    time_zone: str = "UTC"
    contact_id: UUID | None = None
    user_id: UUID | None = None
    member_id: UUID | None = None

    @property
    def holder_id(self) -> UUID | None:
        """Whose inbox in the practice it is; None for a guest, and for a person on their own."""
        return self.contact_id or self.member_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRef:
    """Which mailed token the button carries; derived again whenever the letter is rendered."""

    prefix: str
    row_id: UUID
    generation: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """The letter's one button. `path` is joined to the portal's URL, the token is its fragment.

    A page that is opened by its token alone has another for whoever is signed in: `inside`.
    """

    label: str
    path: str
    token: TokenRef | None = None
    inside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A small text that travels with a letter, kept as it is until the letter is sent.

    `params` are those of its media type. An `alternative` is one more form of the letter itself,
    which is how calendar programs know an invitation; others are files.
    """

    filename: str
    content_type: str
    text: str
    params: dict[str, str] = field(default_factory=dict)
    alternative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEnclosure:
    """A file of the storage that travels with a letter; it is read when the letter is sent."""

    filename: str
    content_type: str
    storage_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail to one person.

    `template` is `feature/event`, a folder under that feature's `templates`. `context` holds
    JSON values for it (instants as aware datetimes; rendered in the reader's zone). A `security`
    letter is sent whatever the reader's preferences say, and is never unsubscribed from.
    `workspace_id` names the practice whose name, colours and portal the letter wears when the
    event itself belongs to no practice. `topic` is what its reader may go without, where that
    is not the event's type.
    """

    template: str
    to: Recipient
    context: dict[str, Any] = field(default_factory=dict)
    action: Action | None = None
    reply_to: str | None = None
    security: bool = False
    workspace_id: UUID | None = None
    enclosures: tuple[Enclosure, ...] = ()
    files: tuple[StoredEnclosure, ...] = ()
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedLetter:
    """A letter in words: `subject` is one line, `html` a whole document.

    `unsubscribe_url` takes a one-click POST (RFC 8058); None where the letter can't be off.
    """

    subject: str
    text: str
    html: str
    unsubscribe_url: str | None = None
