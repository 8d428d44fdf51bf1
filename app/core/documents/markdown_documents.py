"""A text in Markdown as a document to sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.documents.print_shop import PrintShop
from app.core.documents.typesetting import LAYOUTS, Typeset, question


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who signs: `who` as the text's marks call them, and what stands under their line."""

    who: str
    label: str


async def typeset_markdown(
    shop: PrintShop,
    markdown: str,
    variables: Mapping[str, str],
    *,
    title: str,
    reference: str,
    parties: Sequence[Party],
    at: datetime,
) -> Typeset:
    """The text as PDF, with `reference` at the foot of each page.

    Its boxes are dictionaries with `kind, who, label, required, page, x, y, w, h`. A party whom
    the text gives no place to sign gets a signature and a date at its end.
    Raises DocumentFailure `unknown_variable`, and `letters_missing` where no font has a letter.
    """
    asked = question(LAYOUTS / "document.typ", {}, at=at, fonts=shop.extra_fonts)
    asked |= {
        "strict": True,  # what is agreed on must be legible
        "markdown": markdown,
        "variables": dict(variables),
        "title": title,
        "reference": reference,
        "parties": [{"who": party.who, "label": party.label} for party in parties],
    }
    boxes, (pdf,) = await shop.do("app.core.documents.compositor:compose_markdown", asked)
    return Typeset(pdf, boxes)
