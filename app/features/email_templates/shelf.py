"""What this feature asks of those who know the letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from app.core.letters import RenderedLetter
from app.repositories.letters import Practice

Kind = Literal["text", "instant", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A letter's subject, with the names of what it says, and all of those names."""

    standard_subject: str
    variables: Mapping[str, Kind]


class Shelf(Protocol):
    """All letters that practices may word themselves."""

    @property
    def letters(self) -> Mapping[str, LetterFacts]:
        """By template, in order."""
        ...

    def preview(
        self, template: str, practice: Practice, *, subject: str | None, intro: str | None
    ) -> RenderedLetter:
        """How the letter would look with these words."""
        ...
