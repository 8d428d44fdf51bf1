"""Why a form can't be kept, published or filled in as asked."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from app.core.errors import Conflict, Invalid, TooManyRequests


class Flaw(NamedTuple):
    """What is wrong with a form, and where."""

    pointer: str
    code: str
    detail: str


class InvalidForm(Invalid):
    """The form's fields, rules, patterns or bands don't go together; `errors` tells where."""

    code, title = "invalid_form", "This form can't work"

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        """Point at each place."""
        super().__init__(errors=[{"in": "body", **flaw._asdict()} for flaw in flaws])


class EmptyForm(Conflict):
    """The form asks nothing yet."""

    code, title = "form_empty", "This form asks nothing yet"


class FormArchived(Conflict):
    """The form was put aside: bring it back first."""

    code, title = "form_archived", "This form is archived"


class FormNotPublished(Conflict):
    """The form has no version yet."""

    code, title = "form_not_published", "Publish the form first"


class FormInUse(Conflict):
    """The form was sent to somebody, or belongs to a program."""

    code, title = "form_in_use", "This form is in use"


class WrongResponseState(Conflict):
    """The response has moved on: `status_now` tells where to."""

    code: ClassVar[str] = "form_response_state"
    title: ClassVar[str] = "The response is not in a state for this"

    def __init__(self, status: str) -> None:
        """Tell the present status."""
        super().__init__(f"It is {status}.", extra={"status_now": status})


class AnswersInvalid(Invalid):
    """Some answers can't be taken; `errors` tells which, and why."""

    code, title = "answers_invalid", "Some answers need another look"


class AlreadyAsked(Conflict):
    """The contact was asked to fill in this form and has not submitted it yet: remind them."""

    code, title = "already_asked", "This contact has this form open already"


class ReminderTooSoon(TooManyRequests):
    """The client was reminded of this form a short while ago."""

    code, title = "reminded_recently", "They were reminded a short while ago"


class DueInThePast(Invalid):
    """`due_at` has passed already."""

    code, title = "due_in_the_past", "The due date has passed already"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/due_at"}
        what = {"code": self.code, "detail": "Must be in the future"}
        super().__init__(errors=[{**where, **what}])
