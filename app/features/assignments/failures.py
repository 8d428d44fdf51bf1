"""Why an assignment can't be worked on as asked."""

from typing import ClassVar

from app.core.errors import Conflict


class WrongState(Conflict):
    """The assignment has moved on: `status` tells where to."""

    code: ClassVar[str] = "assignment_state"
    title: ClassVar[str] = "The assignment is not in a state for this"

    def __init__(self, status: str) -> None:
        """Tell the present status."""
        super().__init__(f"It is {status}.", extra={"status_now": status})
