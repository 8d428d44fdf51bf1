"""What a completed contract shows: entries on its pages, its certificate, its attached trail."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.documents.finishing import Entry, Happened, Record, Signed
from app.features.contracts.completing import SealOrder
from app.models import ContractAudit, ContractField, ContractSignature, ContractSigner
from app.repositories.contract_audit import told
from app.repositories.merge_values import Facts

ROLES = {"client": "Client", "coach": "Coach"}
METHODS = {"typed": "Typed name", "drawn": "Drawn by hand", "uploaded": "Uploaded picture"}
HAPPENED = {
    "created": "Written",
    "changed": "Changed",
    "sent": "Sent",
    "asked": "Asked to sign",
    "reminded": "Reminded",
    "viewed": "Opened the document",
    "consented": "Agreed to sign electronically",
    "signed": "Signed",
}
ACTORS = {
    "member": "The practice",
    "client": "The client",
    "system": "Atrium",
    "api_key": "The API",
}


def entries_of(order: SealOrder) -> list[Entry]:
    """Everything that was filled in, where it belongs."""
    signed_by = {one.signer_id: one for one in order.signatures}
    names = {one.id: one.name for one in order.signers}
    return [
        entry
        for field in order.fields
        for entry in _entry(field, signed_by[field.signer_id], names[field.signer_id])
    ]


def _entry(field: ContractField, signature: ContractSignature, name: str) -> Iterator[Entry]:
    image, text = None, field.value or ""
    if field.kind == "signature":
        image, text = signature.image, signature.typed or f"Signature of {name}"
    elif field.kind == "checkbox":
        text = "x" if text == "true" else ""
    elif not text:
        return
    yield Entry(
        kind=field.kind,  # type: ignore[arg-type]  # a constraint of the table says so
        page=field.page,
        x=field.x,
        y=field.y,
        w=field.w,
        h=field.h,
        text=text,
        image=image,
    )


def record_of(order: SealOrder, practice: Facts, *, verify_at: str) -> Record:
    """The certificate; of one contract it is the same whenever it is made."""
    contract = order.contract
    signed = [one for one in order.signers if one.signed_at]
    return Record(
        title=contract.title,
        practice=practice.workspace_name,
        document_id=str(contract.id),
        document_sha256=contract.document_sha256 or "",
        chain_head=contract.audit_head,
        completed_at=max(one.signed_at for one in signed if one.signed_at),
        time_zone=practice.time_zone,
        signers=[_signed(order, one) for one in signed],
        events=[_happened(entry) for entry in order.entries],
        verify_at=verify_at,
    )


def _signed(order: SealOrder, signer: ContractSigner) -> Signed:
    (signature,) = (one for one in order.signatures if one.signer_id == signer.id)
    (act,) = (one for one in order.entries if one.type == "signed" and _is_by(one, signer))
    return Signed(
        name=signer.name,
        email=signer.email,
        role=ROLES[signer.role],
        method=METHODS[signature.method],
        signed_at=act.at,
        ip=act.actor.get("ip"),
        device=act.actor.get("user_agent"),
        consent=f"disclosure {signer.disclosure_version}",
    )


def _is_by(entry: ContractAudit, signer: ContractSigner) -> bool:
    return bool(entry.actor.get("signer_id") == str(signer.id))


def _happened(entry: ContractAudit) -> Happened:
    actor: Mapping[str, Any] = entry.actor
    return Happened(
        at=entry.at,
        what=HAPPENED.get(entry.type, entry.type),
        actor=actor.get("name") or ACTORS.get(actor["kind"], actor["kind"]),
        ip=actor.get("ip"),
    )


def trail_of(order: SealOrder) -> bytes:
    """The audit trail as it is attached: every entry with its hash and the one before it."""
    contract = order.contract
    trail = {
        "workspace_id": str(contract.workspace_id),
        "contract_id": str(contract.id),
        "title": contract.title,
        "document_sha256": contract.document_sha256,
        "head": contract.audit_head,
        "entries": [
            {**told(entry), "prev_hash": entry.prev_hash, "hash": entry.hash}
            for entry in order.entries
        ],
    }
    return json.dumps(trail, ensure_ascii=False, indent=1).encode()
