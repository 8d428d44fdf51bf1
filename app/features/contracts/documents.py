"""A contract's document, handed out: sealed once it is, before that as it was frozen."""

import hashlib
from uuid import UUID

from fastapi import Response

from app.access.audience import audience_of
from app.core.clock import now
from app.core.downloads import ISOLATED, PRIVATE, Download, sent
from app.core.file_names import clean_name, disposition
from app.features.contracts.paths import Maker
from app.features.contracts.preparing import prepare
from app.features.contracts.printing import PDF, draft_pdf
from app.repositories.contracts import ContractCard, ContractRepository


def document_of(card: ContractCard, *, original: bool = False) -> Download:
    """The completed PDF, else the one that is signed; `original` asks for the latter."""
    name = file_name(card.title)
    if card.sealed_key and not original:
        return Download(name, PDF, card.sealed_key, card.sealed_size, card.sealed_sha256)
    return Download(name, PDF, card.document_key, card.document_size, card.document_sha256)


def file_name(title: str) -> str:
    """What a contract's PDF is called."""
    return clean_name(f"{title or 'Contract'}.pdf")


async def hand_out(maker: Maker, contract_id: UUID, *, original: bool) -> Response:
    """The document the caller may see, whole or in part; a draft is printed for the occasion.

    No connection is held meanwhile. Raises NotFound, RangeNotSatisfiable (416), and
    DocumentUnusable (422).
    """
    audience, runtime = audience_of(maker.principal), maker.runtime
    async with runtime.database.reading(audience.workspace_id) as session:
        contracts = ContractRepository(session, audience)
        card = await contracts.card(contract_id)
        draft = None
        if card.status == "draft":
            draft = await prepare(contracts, contract_id, at=now())
    if draft is None:
        return await sent(maker.request, runtime.storage, document_of(card, original=original))
    content = await draft_pdf(runtime.print_shop, runtime.storage, draft)
    headers = {
        "Content-Disposition": disposition(file_name(card.title), inline=True),
        "Cache-Control": PRIVATE,
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        **ISOLATED,
    }
    return Response(content, media_type=PDF, headers=headers)
