"""Printing papers, by presses, and keeping them under the digest of their bytes."""

from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import PurePosixPath

from app.core.documents.print_shop import PrintShop
from app.core.documents.typesetting import typeset
from app.core.storage import Storage
from app.features.invoices.e_invoice import facts_of, has_e_invoice
from app.features.invoices.page_data import Writer
from app.features.invoices.papers import Paper

LAYOUT = PurePosixPath("features/invoices/layouts/invoice.typ")
MEDIA_TYPE = "application/pdf"
FOLDER = "papers"
"""Apart from what people upload, which is swept."""


async def printed(shop: PrintShop, paper: Paper, *, logo: bytes | None, portal_url: str) -> bytes:
    """The paper as PDF/A-3, with its EN 16931 reading inside where the standard has one.

    A logo that can't be drawn is an error of DocumentFailure `not_typeset`.
    """
    data = Writer(paper, portal_url=portal_url).data()
    at = datetime.combine(paper.issued_on, time(12), UTC)
    images = {"logo": logo} if logo else {}
    made = await typeset(shop, LAYOUT, data, at=at, images=images)
    if not has_e_invoice(paper):
        return made.pdf
    title, author = data["title"], paper.seller["name"]
    question = {
        "facts": facts_of(paper),
        "language": data["language"],
        "metadata": {"title": title, "author": author, "subject": title, "keywords": "Factur-X"},
    }
    _, (pdf,) = await shop.do("app.features.invoices.e_invoice:embed", question, [made.pdf])
    return pdf


async def kept(storage: Storage, paper: Paper, pdf: bytes) -> str:
    """Store a printed paper; the key it is found under."""
    key = f"{FOLDER}/{paper.workspace_id}/{sha256(pdf).hexdigest()}"
    await storage.put_small(key, pdf, media_type=MEDIA_TYPE)
    return key
