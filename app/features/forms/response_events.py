"""What happens to forms that somebody was asked to fill in; never what they answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from app.core.events import Actor, DomainEvent
from app.models import FormResponse

ReminderKind = Literal["due_soon", "overdue", "manual"]


def about(response: FormResponse, title: str, actor: Actor) -> dict[str, Any]:
    """What an event says of the response it is about, of its form, and of who did it."""
    return {
        "workspace_id": response.workspace_id,
        "actor": actor,
        "contact_id": response.contact_id,
        "subject_id": response.id,
        "form_id": response.form_id,
        "title": title,
    }


@dataclass(frozen=True, kw_only=True)
class ResponseEvent(DomainEvent):
    """Something about a form that a contact was asked to fill in."""

    form_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class FormSent(ResponseEvent):
    """A contact was asked to fill in a form; with a portal invite where they have no account.

    Of several that come with a program, the first has all titles and the program's name, and the
    others have `told` by it.
    """

    type = "form.sent"

    due_at: datetime | None = None
    message: str | None = None
    invite_id: UUID | None = None
    expires_at: datetime | None = None
    program_name: str | None = None
    titles: tuple[str, ...] = ()
    told: bool = False


@dataclass(frozen=True, kw_only=True)
class FormReminder(ResponseEvent):
    """The client is reminded: a day before it is due, a day after, or by the coach."""

    type = "form.reminder"

    kind: ReminderKind
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class FormSubmitted(ResponseEvent):
    """The client handed it in, for the first time or again."""

    type = "form.submitted"

    revision: int
    late: bool
    score: int | None
    band: str | None


@dataclass(frozen=True, kw_only=True)
class FormReviewed(ResponseEvent):
    """The coach has read what was handed in."""

    type = "form.reviewed"


@dataclass(frozen=True, kw_only=True)
class FormReopened(ResponseEvent):
    """The coach asked the client to look at it again."""

    type = "form.reopened"

    comment: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class FormCancelled(ResponseEvent):
    """It need not be filled in any longer."""

    type = "form.cancelled"
