"""What a letter is about in two lines, for lists: its subject, and the thing or its preheader."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import structlog
from jinja2 import TemplateError

from app.core.letters import Letter, Recipient
from app.dispatcher.sources import letter_environment
from app.dispatcher.wording import one_line
from app.features.preferences.catalogue import TOPICS

log = structlog.get_logger(__name__)

LONGEST = 300


class Headline(NamedTuple):
    """One line to be read first, and one below it."""

    title: str
    summary: str


class Headlines:
    """Takes the lines from the letters' own templates, so that nothing is worded twice."""

    def __init__(self) -> None:
        """Compile templates when first used."""
        self._environment = letter_environment()

    def of(self, letter: Letter, topic: str, practice_name: str) -> Headline:
        """The letter's lines for its reader.

        A template that fails costs its own letter and no other's planning: the topic stands in.
        """
        return self.line(
            letter.template, letter.context, reader=letter.to, topic=topic, practice=practice_name
        )

    def line(
        self,
        template: str,
        words: Mapping[str, Any],
        *,
        reader: Recipient,
        topic: str,
        practice: str,
    ) -> Headline:
        """The same, of a letter's template and its words."""
        variables = {**words, "practice": {"name": practice}, "reader": reader}
        try:
            title = self._part(template, "subject.txt", variables)
            summary = words.get("title") or self._part(template, "preheader.txt", variables)
        except TemplateError:
            log.exception("no_headline", template=template)
            return Headline(TOPICS[topic].label, "")
        return Headline(_shortened(title), _shortened(summary))

    def _part(self, template: str, part: str, variables: Mapping[str, Any]) -> str:
        return self._environment.get_template(f"{template}/{part}").render(variables)


def _shortened(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()} …"
