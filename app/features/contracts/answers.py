"""Contracts' rows as answers to the team."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.core.etags import etag, not_modified
from app.core.paging import Page, cut_page, decode_cursor
from app.features.contracts.schemas import (
    AuditEntryOut,
    AuditOut,
    ContractDetailOut,
    ContractOut,
    ContractQuery,
    FieldOut,
    PageOut,
    SignerOut,
)
from app.models import Contract, ContractField
from app.repositories.contract_audit import broken_at, entries_of
from app.repositories.contracts import ContractCard, ContractRepository

ORDER = "newest_first"
PLAIN = tuple(name for name in ContractOut.model_fields if name != "signers")
SIGNER = tuple(name for name in SignerOut.model_fields if name != "order")
FIELD = tuple(name for name in FieldOut.model_fields if name != "signer")


def in_order(signers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A card's signers as they sign, copies last."""
    return sorted(signers, key=lambda one: (one["role"] == "cc", one["place"], one["id"]))


def contract_out(card: ContractCard) -> ContractOut:
    """A contract as the API gives it."""
    return ContractOut.model_construct(**_plain(card))


def _plain(card: ContractCard) -> dict[str, Any]:
    signers = [_signer_out(one) for one in in_order(card.signers)]
    return {**{name: getattr(card, name) for name in PLAIN}, "signers": signers}


def _signer_out(signer: dict[str, Any]) -> SignerOut:
    # the row's JSON spells ids and instants as text
    return SignerOut.model_validate({**signer, "order": signer["place"]})


def detail_out(card: ContractCard, fields: Sequence[ContractField]) -> ContractDetailOut:
    """The same with what it is made of."""
    who = {UUID(one["id"]): one["who"] for one in card.signers}
    return ContractDetailOut.model_construct(
        **_plain(card),
        body=card.body,
        pages=[PageOut.model_construct(**page) for page in card.pages],
        variables=card.variables,
        fields=[_field_out(field, who) for field in fields],
    )


def _field_out(field: ContractField, who: dict[UUID, str]) -> FieldOut:
    plain = {name: getattr(field, name) for name in FIELD}
    return FieldOut.model_construct(**plain, signer=who[field.signer_id])


async def tagged(
    response: Response, contracts: ContractRepository, contract_id: UUID
) -> ContractDetailOut:
    """A contract with its entity tag in the answer's headers."""
    card = await contracts.card(contract_id)
    response.headers["ETag"] = etag(card.version)
    return detail_out(card, await contracts.fields(contract_id))


async def tagged_or_known(
    request: Request, response: Response, contracts: ContractRepository, contract_id: UUID
) -> ContractDetailOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    card = await contracts.card(contract_id)
    unchanged = not_modified(request, etag(card.version))
    if unchanged:
        return unchanged
    response.headers["ETag"] = etag(card.version)
    return detail_out(card, await contracts.fields(contract_id))


async def list_contracts(contracts: ContractRepository, query: ContractQuery) -> Page[ContractOut]:
    """A page of contracts, newest first."""
    before = position(query.cursor)
    rows = await contracts.page(query.filter(), before=before, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[ContractOut].model_construct(
        data=[contract_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def position(cursor: str | None) -> UUID | None:
    """Where a list goes on."""
    if cursor is None:
        return None
    contract_id: UUID = decode_cursor(cursor, sort=ORDER, shape=tuple[UUID])[0]
    return contract_id


async def audit_out(contracts: ContractRepository, contract: Contract) -> AuditOut:
    """The whole log of a contract, checked entry by entry."""
    entries = await entries_of(contracts.session, contract.workspace_id, contract.id)
    broken = broken_at(contract, entries)
    return AuditOut.model_construct(
        verified=broken is None,
        broken_at=broken,
        head=contract.audit_head,
        entries=[AuditEntryOut.model_validate(entry, from_attributes=True) for entry in entries],
    )
