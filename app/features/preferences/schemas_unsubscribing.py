"""What the one click in a letter does, as the API gives it."""

from typing import Annotated

from pydantic import Field

from app.core.fields import Out


class UnsubscribeOut(Out):
    """A group of letters, and whether its reader still gets any of it.

    `letters` are those that still come and would end; letters that can't be off are not among
    them. `undoable` is whether what was chosen before can be brought back by `POST …/undo`.
    """

    practice: str
    group: Annotated[str, Field(examples=["goals"])]
    label: str
    subscribed: bool
    letters: Annotated[list[str], Field(examples=[["A goal is set"]])]
    undoable: bool
    preferences_url: str
