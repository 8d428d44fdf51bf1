"""Layouts and data in, PDF out; the work itself is done by a press."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from app.core.documents.print_shop import PrintShop

Standard = Literal["a-3b", "a-2b", "1.7"]
"""What the PDF conforms to: `a-3b` may carry attachments (ISO 19005-3)."""

LAYOUTS = PurePosixPath("core/documents/layouts")
"""Layouts are named by their path below the package `app`, whose files they may include."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and what its layout marked with `<box>`: dictionaries with page and position.

    Pages count from 1; positions and sizes are points (1/72 inch) from the page's top left.
    """

    pdf: bytes
    boxes: list[dict[str, Any]]


async def typeset(
    shop: PrintShop,
    layout: PurePosixPath,
    data: Mapping[str, Any],
    *,
    at: datetime,
    images: Mapping[str, bytes] | None = None,
    standard: Standard = "a-3b",
) -> Typeset:
    """The layout filled with `data`: the same bytes whenever data and `at` are the same.

    The layout reads `data` as `json(bytes(sys.inputs.data))`, so strings stay data: nothing in
    a name is ever taken for markup. Pictures (PNG, JPEG, SVG, GIF, WebP) are
    `image(pictures.NAME)` with `pictures` from `/core/documents/layouts/base.typ`.
    A letter no font has becomes a box; then the PDF is no PDF/A.
    Raises DocumentFailure `not_typeset` for pictures that can't be read.
    """
    named = images or {}
    asked = question(layout, data, at=at, fonts=shop.extra_fonts, standard=standard)
    task = "app.core.documents.compositor:compose"
    boxes, (pdf,) = await shop.do(task, {**asked, "images": list(named)}, list(named.values()))
    return Typeset(pdf, boxes)


def question(
    layout: PurePosixPath,
    data: Mapping[str, Any],
    *,
    at: datetime,
    fonts: Path | None,
    standard: Standard = "a-3b",
) -> dict[str, Any]:
    """What a press is asked, as `compositor` understands it."""
    return {
        "layout": str(layout),
        "data": data,
        "at": int(at.timestamp()),
        "standard": standard,
        "fonts": str(fonts) if fonts else None,
    }
