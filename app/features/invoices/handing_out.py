"""Papers as downloads: printed when first asked for; no transaction waits for a press."""

from uuid import UUID

from fastapi import Request, Response

from app.access.runtime import Runtime
from app.core.downloads import ISOLATED, PRIVATE
from app.core.errors import Conflict
from app.core.etags import not_modified
from app.core.file_names import disposition
from app.core.storage import ObjectMissing
from app.features.invoices.papers import Paper
from app.features.invoices.printing import MEDIA_TYPE
from app.features.invoices.shelf import (
    Wanted,
    print_now,
    print_once,
    receipt,
    remember,
    wanted,
)
from app.repositories.audiences import Audience


class PdfResponse(Response):
    """A PDF, for the OpenAPI document."""

    media_type = MEDIA_TYPE


class NotFinal(Conflict):
    """A draft has no paper: finalize it first."""

    code, title = "invoice_not_final", "The invoice is a draft"


class NotPaid(Conflict):
    """There is a receipt once the invoice is paid."""

    code, title = "invoice_not_paid", "The invoice is not paid"


async def pdf_of(
    runtime: Runtime,
    audience: Audience,
    invoice_id: UUID,
    credit_note_id: UUID | None = None,
    *,
    request: Request | None = None,
) -> Response:
    """The paper, always the same bytes; to a request that has them already, 304.

    Raises NotFound and NotFinal (409).
    """
    async with runtime.database.reading(audience.workspace_id) as session:
        found = await wanted(session, audience, invoice_id, credit_note_id)
    if found is None:
        raise NotFinal
    key = found.pdf_key or await _print(runtime, found)
    headers = _headers(found.paper, key)
    unchanged = not_modified(request, headers["ETag"]) if request else None
    if unchanged:
        return unchanged
    try:
        content = await runtime.storage.read_whole(key)
    except ObjectMissing:  # somebody removed it from the store: it is printed again
        content = await runtime.storage.read_whole(await _print(runtime, found))
    return PdfResponse(content, headers=headers)


async def receipt_of(runtime: Runtime, audience: Audience, invoice_id: UUID) -> Response:
    """What was paid for an invoice, printed now: it is as it stands today.

    Raises NotFound and NotPaid (409).
    """
    async with runtime.database.reading(audience.workspace_id) as session:
        found = await receipt(session, audience, invoice_id)
    if found is None:
        raise NotPaid
    pdf = await print_now(runtime.print_shop, found, portal_url=runtime.settings.portal_url)
    named = disposition(found.paper.filename, inline=True)
    headers = {"Content-Disposition": named, "Cache-Control": PRIVATE, **ISOLATED}
    return PdfResponse(pdf, headers=headers)


async def _print(runtime: Runtime, found: Wanted) -> str:
    key = await print_once(
        runtime.print_shop, runtime.storage, found, portal_url=runtime.settings.portal_url
    )
    async with runtime.database.writing(found.paper.workspace_id) as session:
        return await remember(session, found.paper, key)


def _headers(paper: Paper, key: str) -> dict[str, str]:
    digest = key.rpartition("/")[2]
    return {
        "ETag": f'"{digest[:32]}"',
        "Content-Disposition": disposition(paper.filename, inline=True),
        "Cache-Control": PRIVATE,
        **ISOLATED,
    }
