"""The bytes of a contract: typeset from its text, or those of the PDF it was made from."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.documents.failures import DocumentFailure
from app.core.documents.markdown_documents import Party, typeset_markdown
from app.core.documents.print_shop import PrintShop
from app.core.documents.typesetting import Typeset
from app.core.ids import new_id
from app.core.storage import Storage, new_key
from app.features.contracts.failures import DocumentUnusable
from app.features.contracts.preparing import Prepared, findings
from app.models import ContractField

PDF = "application/pdf"
PLACE = ("kind", "page", "x", "y", "w", "h", "required", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is frozen: the object's key, its size in bytes and digest in hex, and the places."""

    key: str
    size: int
    sha256: str
    fields: Sequence[ContractField]
    """New ones, found in a text; an uploaded PDF has its own already."""


async def printed(shop: PrintShop, storage: Storage, prepared: Prepared) -> Printed:
    """Make the document and store it; call it while nothing is locked.

    Raises DocumentUnusable (422).
    """
    if prepared.contract.source_key:
        content = await storage.read_whole(prepared.contract.source_key)
        return await _kept(prepared.contract.source_key, content, [])
    made = await _typeset(shop, prepared, prepared.values, prepared.parties)
    key = new_key(prepared.contract.workspace_id)
    await storage.put_small(key, made.pdf, media_type=PDF)
    return await _kept(key, made.pdf, _places(prepared, made))


async def _kept(key: str, content: bytes, fields: Sequence[ContractField]) -> Printed:
    digest = await asyncio.to_thread(hashlib.sha256, content)
    return Printed(key=key, size=len(content), sha256=digest.hexdigest(), fields=fields)


def _places(prepared: Prepared, made: Typeset) -> list[ContractField]:
    by_who = {signer.who: signer for signer in prepared.signing}
    return [
        ContractField(
            workspace_id=prepared.contract.workspace_id,
            id=new_id(),
            contract_id=prepared.contract.id,
            signer_id=by_who[box["who"]].id,
            **{name: box[name] for name in PLACE},
        )
        for box in made.boxes
    ]


async def draft_pdf(shop: PrintShop, storage: Storage, prepared: Prepared) -> bytes:
    """A draft as it would be sent now; what is missing stands in brackets where it belongs.

    Raises DocumentUnusable (422).
    """
    if prepared.contract.source_key:
        return await storage.read_whole(prepared.contract.source_key)
    found = await findings(prepared.contract.body or "")
    missing = {name: f"[{name}]" for name in found.names if name not in prepared.values}
    known = {party.who for party in prepared.parties}
    nobody = dict.fromkeys(mark.who for mark in found.marks if mark.who not in known)
    parties = [*prepared.parties, *(Party(who, f"[{who}]") for who in nobody)]
    return (await _typeset(shop, prepared, {**missing, **prepared.values}, parties)).pdf


async def _typeset(
    shop: PrintShop, prepared: Prepared, values: Mapping[str, str], parties: Sequence[Party]
) -> Typeset:
    contract = prepared.contract
    try:
        return await typeset_markdown(
            shop,
            contract.body or "",
            values,
            title=contract.title,
            reference=f"{contract.title} · {contract.id}",
            parties=parties,
            at=prepared.at,
        )
    except DocumentFailure as failure:
        raise DocumentUnusable(failure.detail or failure.code) from failure
