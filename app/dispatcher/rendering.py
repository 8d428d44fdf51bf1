"""From a row of the outbox to the words of a mail, in the practice's looks, for its reader."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from jinja2 import Environment, Template, TemplateError

from app.core.letters import Action, Recipient, RenderedLetter, TokenRef
from app.core.tokens import TokenMint
from app.dispatcher.envelopes import Envelope, unpacked
from app.dispatcher.footers import Foot, Footers
from app.dispatcher.letter_words import LetterWords
from app.dispatcher.palettes import palette_of
from app.dispatcher.sources import letter_environment
from app.dispatcher.wording import one_line
from app.features.notifications.service import PreviewGone
from app.repositories.letters import Practice, StoredLetter

REDACTED = "…"


class Renderer:
    """Renders letters. Templates are compiled when first used and kept.

    `portal_url` is for practices that set none, `api_url` is where logos are served. A mailed
    token is derived anew from the row it stands for: no letter keeps one.
    """

    def __init__(
        self,
        mint: TokenMint,
        *,
        portal_url: str,
        api_url: str,
        environment: Environment | None = None,
    ) -> None:
        self._mint = mint
        self._portal_url = portal_url
        self._api_url = api_url
        self._footers = Footers(mint, api_url=api_url)
        self._environment = environment or letter_environment()
        self._words = LetterWords(letter_environment())
        self._parts = lru_cache(maxsize=None)(self._load_parts)

    def render(self, letter: StoredLetter, practice: Practice) -> RenderedLetter:
        """The letter as it is sent."""
        return self._render(letter, practice, with_secrets=True)

    def preview(self, letter: StoredLetter, practice: Practice) -> RenderedLetter:
        """The letter as others than its reader may see it: `…` stands for the mailed token.

        Raises PreviewGone when today's templates need what the letter doesn't hold.
        """
        try:
            return self._render(letter, practice, with_secrets=False)
        except TemplateError as error:
            raise PreviewGone from error

    def _render(
        self, letter: StoredLetter, practice: Practice, *, with_secrets: bool
    ) -> RenderedLetter:
        envelope, parts = unpacked(letter.context), self._parts(letter.template)
        foot = self._foot(letter, envelope, practice, with_secrets=with_secrets)
        variables = self._variables(letter, envelope, practice) | foot.variables
        if envelope.action:
            token = self._token(letter, envelope.action, with_secrets=with_secrets)
            variables["action"] = {
                "label": one_line(envelope.action.label),
                "url": self._url(practice, envelope.action.path, token),
            }
        own = self._own_words(letter, envelope, practice)
        variables["subject"] = one_line(own["subject"] or parts.subject.render(variables))
        variables["intro"] = own["intro"]
        variables["preheader"] = one_line(parts.preheader.render(variables))
        variables["body"] = parts.text.render(variables)
        return RenderedLetter(
            subject=variables["subject"],
            text=parts.text_layout.render(variables),
            html=parts.html.render(variables),
            unsubscribe_url=foot.unsubscribe_url,
        )

    def _own_words(
        self, letter: StoredLetter, envelope: Envelope, practice: Practice
    ) -> Mapping[str, str]:
        """What the practice says in this letter in its own words; empty where it doesn't."""
        said = (practice.wordings or {}).get(letter.template, {})
        reader = _reader(letter, envelope)
        return {
            part: self._words.fill(
                said.get(part) or "",
                letter.template,
                envelope.words,
                reader=reader,
                practice=practice.name,
            ).strip()
            for part in ("subject", "intro")
        }

    def _foot(
        self, letter: StoredLetter, envelope: Envelope, practice: Practice, *, with_secrets: bool
    ) -> Foot:
        return self._footers.foot(
            letter,
            envelope,
            practice=practice.name,
            portal=self._portal(practice),
            redacted=None if with_secrets else REDACTED,
        )

    def _variables(
        self, letter: StoredLetter, envelope: Envelope, practice: Practice
    ) -> dict[str, Any]:
        return {
            **envelope.words,
            "practice": {"name": practice.name, "logo_url": self._logo_url(practice)},
            "reader": _reader(letter, envelope),
            "palette": palette_of(practice.accent_color),
            "portal": self._portal(practice),
        }

    def _token(self, letter: StoredLetter, action: Action, *, with_secrets: bool) -> str | None:
        if action.token is None:
            return None
        return self._derived(letter.workspace_id, action.token) if with_secrets else REDACTED

    def _derived(self, workspace_id: UUID, token: TokenRef) -> str:
        return self._mint.derive(token.prefix, workspace_id, token.row_id, token.generation)

    def _url(self, practice: Practice, path: str, token: str | None) -> str:
        page = self._portal(practice) + path
        return f"{page}#token={token}" if token else page

    def _portal(self, practice: Practice) -> str:
        return (practice.portal_url or self._portal_url).rstrip("/")

    def _logo_url(self, practice: Practice) -> str | None:
        if practice.logo_file_id is None:
            return None
        return f"{self._api_url}/v1/public/images/{practice.id}/{practice.logo_file_id}"

    def _load_parts(self, template: str) -> "Parts":
        part = self._environment.get_template
        return Parts(
            subject=part(f"{template}/subject.txt"),
            preheader=part(f"{template}/preheader.txt"),
            text=part(f"{template}/body.txt"),
            text_layout=part("layout.txt"),
            html=part(f"{template}/body.html"),
        )


class Parts(NamedTuple):
    """The compiled templates of one letter."""

    subject: Template
    preheader: Template
    text: Template
    text_layout: Template
    html: Template


def _reader(letter: StoredLetter, envelope: Envelope) -> Recipient:
    return Recipient(
        email=letter.recipient,
        name=letter.recipient_name,
        locale=envelope.locale,
        time_zone=envelope.time_zone,
    )
