"""The letters that practices may word themselves, to be looked at before any is written."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

from jinja2 import ChainableUndefined, Environment

from app.core.clock import now
from app.core.letters import RenderedLetter
from app.core.tokens import TokenMint
from app.dispatcher.letter_words import LetterWords
from app.dispatcher.rendering import Renderer
from app.dispatcher.sources import FEATURES, letter_environment
from app.features.email_templates.shelf import Kind, LetterFacts
from app.repositories.letters import Practice, StoredLetter

NOBODY = UUID(int=0)
NOT_OURS = frozenset({"accounts"})
"""Letters about signing in concern a person, in whichever practice they are."""


class _Left(ChainableUndefined):
    """What a sample doesn't have: nothing to show, nothing to go through, nothing to count."""

    def __add__(self, other: Any) -> Any:
        return other

    __radd__ = __add__

    def _never(self, *_: Any) -> Any:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never


class LetterShelf:
    """Shows letters with the names of their words for what they will say."""

    def __init__(self, mint: TokenMint, *, portal_url: str, api_url: str) -> None:
        """Render as the letters themselves are rendered."""
        self._words = LetterWords(letter_environment())
        self._renderer = Renderer(
            mint, portal_url=portal_url, api_url=api_url, environment=_lenient()
        )
        self._placeholders = _lenient(when=str, on_day=str, truncate=lambda text, *_: text)

    @cached_property
    def letters(self) -> Mapping[str, LetterFacts]:
        """Every letter a practice may word itself, by template, in order."""
        folders = sorted(FEATURES.glob("*/templates/*"))
        names = [f"{folder.parents[1].name}/{folder.name}" for folder in folders]
        return {name: self._facts(name) for name in names if name.split("/")[0] not in NOT_OURS}

    def _facts(self, template: str) -> LetterFacts:
        kinds = self._words.of(template)
        named = {name: f"{{{{ {name} }}}}" for name in kinds}
        subject = self._placeholders.get_template(f"{template}/subject.txt")
        standard = subject.render({**named, "practice": {"name": named["practice_name"]}})
        return LetterFacts(standard_subject=standard.strip(), variables=kinds)

    def preview(
        self, template: str, practice: Practice, *, subject: str | None, intro: str | None
    ) -> RenderedLetter:
        """The letter with these words of the practice's, and `[title]` for what it will say."""
        said = {"subject": subject, "intro": intro}
        letter = StoredLetter(
            workspace_id=practice.id,
            id=NOBODY,
            template=template,
            recipient="client@example.com",
            recipient_name="[reader name]",
            contact_id=NOBODY,
            user_id=None,
            context=_sample(self._words.of(template), practice),
            resends=0,
        )
        return self._renderer.preview(letter, replace(practice, wordings={template: said}))


def _sample(kinds: Mapping[str, Kind], practice: Practice) -> dict[str, Any]:
    return {
        "words": {name: _said(name, kind) for name, kind in kinds.items()},
        "locale": "en",
        "time_zone": "UTC",
        "security": False,
        "reply_to": None,
        "practice_id": str(practice.id),
        "action": {"label": "Open", "path": "/", "token": None},
    }


def _said(name: str, kind: Kind) -> str:
    if kind == "text":
        return f"[{name.replace('_', ' ')}]"
    return now().date().isoformat() if kind == "day" else now().isoformat()


def _lenient(**filters: Any) -> Environment:
    environment = letter_environment()
    environment.undefined = _Left
    environment.filters.update(filters)
    return environment
