"""Signers who are signed in: clients in their portal, coaches at home."""

from collections.abc import Callable
from uuid import UUID

from fastapi import Response

from app.access.audience import audience_of
from app.access.principal import Principal
from app.core.head import asked_by_head
from app.features.contracts.documents import hand_out
from app.features.contracts.marks import mark_of
from app.features.contracts.paths import Maker, Work
from app.features.contracts.schemas_signing import ConsentIn, SignIn
from app.features.contracts.signing import Part, consent, decline, part_in, sign, view
from app.models import ContractSigner
from app.repositories.contracts import ContractRepository

Mine = Callable[[ContractSigner], bool]


def _as_client(principal: Principal) -> Mine:
    return lambda signer: signer.contact_id == principal.contact_id


def _as_coach(principal: Principal) -> Mine:
    member_id = principal.member_id
    return lambda signer: member_id is not None and signer.member_id == member_id


async def open_in_portal(maker: Maker, contract_id: UUID, *, original: bool) -> Response:
    """Hand a client the document, and note that they opened it."""
    answer = await hand_out(maker, contract_id, original=original)
    if not asked_by_head(maker.request):
        await _note_opening(maker, contract_id)
    return answer


async def _note_opening(maker: Maker, contract_id: UUID) -> None:
    audience = audience_of(maker.principal)
    async with maker.runtime.database.reading(audience.workspace_id) as session:
        signers = await ContractRepository(session, audience).signers(contract_id)
    mine = _as_client(maker.principal)
    if not any(mine(one) and one.status == "notified" for one in signers):
        return
    async with maker.runtime.database.writing(audience.workspace_id) as session:
        contracts = ContractRepository(session, audience)
        await view(await part_in(contracts, contract_id, mine=mine, witness=maker.witness))


async def consent_as_client(work: Work, body: ConsentIn) -> None:
    """Agree to sign electronically, as a client."""
    await consent(await _part(work, _as_client(work.principal)), body)


async def consent_as_coach(work: Work, body: ConsentIn) -> None:
    """The same as a member of the team."""
    await consent(await _part(work, _as_coach(work.principal)), body)


async def decline_as_client(work: Work, reason: str) -> None:
    """Refuse to sign."""
    await decline(await _part(work, _as_client(work.principal)), reason)


async def _part(work: Work, mine: Mine) -> Part:
    return await part_in(work.contracts, work.contract.id, mine=mine, witness=work.witness)


async def sign_as_client(maker: Maker, contract_id: UUID, body: SignIn) -> ContractRepository:
    """Sign, as a client; the picture is read before anything is locked."""
    return await _sign(maker, contract_id, body, _as_client(maker.principal))


async def sign_as_coach(maker: Maker, contract_id: UUID, body: SignIn) -> ContractRepository:
    """The same as a member of the team."""
    return await _sign(maker, contract_id, body, _as_coach(maker.principal))


async def _sign(maker: Maker, contract_id: UUID, body: SignIn, mine: Mine) -> ContractRepository:
    mark = await mark_of(body)
    session = await maker.work.begin([await maker.request.body()])
    contracts = ContractRepository(session, audience_of(maker.principal))
    part = await part_in(contracts, contract_id, mine=mine, witness=maker.witness)
    await sign(part, body, mark, onboarding=maker.runtime.onboarding)
    return contracts
