"""How free a reader is to put a letter off, or to go without it."""

from dataclasses import dataclass
from typing import Literal

Choice = Literal["immediate", "daily_digest", "off"]

DEFAULT: Choice = "immediate"


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be chosen for a letter and, where nothing may, why not."""

    options: tuple[Choice, ...]
    why: str | None = None

    @property
    def may_be_off(self) -> bool:
        """Whether the reader may go without it: then it carries a one-click unsubscribe."""
        return "off" in self.options


FREE = Rule(("immediate", "daily_digest", "off"))
PROMPT = Rule(("immediate", "off"))
"""Tomorrow morning is too late for it."""

SECURITY = Rule(("immediate",), "It keeps your account safe.")
ACCESS = Rule(("immediate",), "It is your way in, or tells that the way is closed.")
ASKED_FOR = Rule(("immediate",), "You asked for it a moment ago.")
DEAL = Rule(("immediate",), "It is a document that both sides rely on.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an event's letters are about, and each side's rule; None for a side never told.

    `in_app` is whether it is also a notification inside the portal and the coach's app.
    """

    group: str
    label: str
    member: Rule | None = None
    client: Rule | None = None
    in_app: bool = True
