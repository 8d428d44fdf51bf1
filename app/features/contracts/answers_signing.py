"""Contracts' rows as answers to those who sign."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.access.images import image_url
from app.access.runtime import Runtime
from app.core.etags import etag, not_modified
from app.core.paging import Page, cut_page
from app.features.contracts.answers import ORDER, in_order, position
from app.features.contracts.disclosure import CURRENT
from app.features.contracts.schemas_signing import (
    ContractPartyOut,
    DisclosureOut,
    MailedContractOut,
    OwnFieldOut,
    PortalContractDetailOut,
    PortalContractOut,
    PortalContractQuery,
    SigningOut,
)
from app.features.contracts.turns import ASKED
from app.models import ContractField
from app.repositories.contracts import ContractCard, ContractRepository
from app.repositories.hosts import Host

PLAIN = tuple(name for name in PortalContractOut.model_fields if name not in {"parties", "signing"})
FIELD = tuple(OwnFieldOut.model_fields)

DISCLOSURE = DisclosureOut.model_construct(
    version=CURRENT.version, text=CURRENT.text, sha256=CURRENT.sha256
)


def _own(card: ContractCard, own: UUID | None) -> dict[str, Any] | None:
    return next((one for one in card.signers if one["id"] == str(own)), None)


def signer_of(card: ContractCard, contact_id: UUID | None) -> UUID | None:
    """Which of the signers this contact is."""
    found = (one["id"] for one in card.signers if one["contact_id"] == str(contact_id))
    return next((UUID(signer_id) for signer_id in found), None)


def _plain(card: ContractCard, own: UUID | None) -> dict[str, Any]:
    mine = _own(card, own)
    others = [one for one in in_order(card.signers) if one is not mine and one["role"] != "cc"]
    return {
        **{name: getattr(card, name) for name in PLAIN},
        "parties": [ContractPartyOut.model_validate(one) for one in others],
        "signing": _signing(card, mine) if mine else None,
    }


def _signing(card: ContractCard, mine: dict[str, Any]) -> SigningOut:
    can_sign = card.status == "sent" and mine["status"] in ASKED
    return SigningOut.model_validate({**mine, "signer_id": mine["id"], "can_sign": can_sign})


def detail(card: ContractCard, fields: Sequence[ContractField], own: UUID | None) -> dict[str, Any]:
    """What signers see of a contract, with the places they fill in."""
    mine = [field for field in fields if field.signer_id == own]
    return {
        **_plain(card, own),
        "fields": [
            OwnFieldOut.model_construct(**{name: getattr(field, name) for name in FIELD})
            for field in mine
        ],
        "disclosure": DISCLOSURE,
    }


async def portal_tagged(
    response: Response, contracts: ContractRepository, contract_id: UUID
) -> PortalContractDetailOut:
    """A client's contract with its entity tag in the answer's headers."""
    card = await contracts.card(contract_id)
    response.headers["ETag"] = etag(card.version)
    own = signer_of(card, contracts.audience.contact_id)
    fields = await contracts.fields(contract_id)
    return PortalContractDetailOut.model_construct(**detail(card, fields, own))


async def portal_tagged_or_known(
    request: Request, response: Response, contracts: ContractRepository, contract_id: UUID
) -> PortalContractDetailOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    answer = await portal_tagged(response, contracts, contract_id)
    return not_modified(request, response.headers["ETag"]) or answer


async def list_portal_contracts(
    contracts: ContractRepository, query: PortalContractQuery
) -> Page[PortalContractOut]:
    """A page of a client's contracts, newest first."""
    before = position(query.cursor)
    rows = await contracts.page(query.filter(), before=before, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    contact_id = contracts.audience.contact_id
    return Page[PortalContractOut].model_construct(
        data=[
            PortalContractOut.model_construct(**_plain(row, signer_of(row, contact_id)))
            for row in page.data
        ],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def mailed_out(
    runtime: Runtime,
    workspace_id: UUID,
    host: Host,
    card: ContractCard,
    fields: Sequence[ContractField],
    own: UUID,
) -> MailedContractOut:
    """A contract for whoever holds the mailed link, in the practice's looks."""
    return MailedContractOut.model_construct(
        **detail(card, fields, own),
        workspace_name=host.workspace_name,
        coach_name=host.coach_name,
        logo_url=image_url(runtime, workspace_id, host.logo_file_id),
        accent_color=host.accent_color,
    )
