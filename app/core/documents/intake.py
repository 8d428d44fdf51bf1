"""Taking in somebody else's PDF: refused, or made harmless; the work itself is done by a press."""

from dataclasses import dataclass

from app.core.documents.print_shop import PrintShop

MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class PageSize:
    """What is seen of a page, in points: its CropBox, turned as its Rotate says."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The PDF without anything that acts by itself, and its pages."""

    pdf: bytes
    pages: list[PageSize]


async def take_in(shop: PrintShop, pdf: bytes) -> TakenIn:
    """Check a PDF and take out what acts by itself, or hides in it: scripts, actions, attachments.

    What forms hold becomes part of the page. The same PDF gives the same bytes.
    Raises DocumentFailure: `pdf_broken`, `pdf_encrypted`, `pdf_signed` (changing it would break
    the signature), `pdf_empty` or `pdf_too_long`.
    """
    pages, (harmless,) = await shop.do(
        "app.core.documents.intake_press:take_in", {"most_pages": MOST_PAGES}, [pdf]
    )
    return TakenIn(harmless, [PageSize(width, height) for width, height in pages])
