"""The step of onboarding that is a signature: a program's contract, made once for each client."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import StepName
from app.core.clock import now
from app.core.events import SYSTEM, publish
from app.core.ids import new_id
from app.core.jobs import enqueue
from app.features.contracts.casting import People, cast
from app.features.contracts.events import ContractCreated, about
from app.features.contracts.jobs import send_job
from app.features.contracts.schemas import SignerIn
from app.features.contracts.witnesses import THE_SYSTEM
from app.models import Contract, ContractSigner
from app.repositories.contract_audit import next_entry
from app.repositories.contract_onboarding import Awaited, awaited, signed_by_client
from app.repositories.contract_people import Partner, TeamMember, team_of
from app.repositories.enrollment_cards import EnrollmentCard

BOTH = (SignerIn(role="client"), SignerIn(role="coach", order=2))
"""The client signs first, and the coach after."""


class ContractStep:
    """The client signs the program's contract; it is printed and sent by the worker."""

    name: StepName = "contract"
    required = True

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Make the contracts of those whose program has one and who never had any."""
        rows = await awaited(session, workspace_id, enrollment_ids)
        if not rows:
            return
        team = await team_of(session, workspace_id)
        contracts = [_draft(workspace_id, row) for row in rows]
        signers = [
            signer
            for contract, row in zip(contracts, rows, strict=True)
            for signer in _signers(contract, row, team)
        ]
        entries = [_entry(contract) for contract in contracts]
        for some in (contracts, signers, entries):
            session.add_all(some)
            await session.flush()
        await publish(session, *(ContractCreated(**about(one, SYSTEM)) for one in contracts))
        await enqueue(session, *(send_job(contract) for contract in contracts))

    async def outstanding(
        self, session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        """Those whose program has a contract that they have yet to sign."""
        own = frozenset(card.id for card in cards if card.program_contract_template_id)
        if not own:
            return own
        return own - await signed_by_client(session, cards[0].workspace_id, own)


def _draft(workspace_id: UUID, row: Awaited) -> Contract:
    return Contract(
        workspace_id=workspace_id,
        id=new_id(),
        contact_id=row.contact_id,
        author_id=None,
        enrollment_id=row.enrollment_id,
        template_id=row.template_id,
        title=row.title,
        body=row.body,
        audit_seq=0,
        audit_head="",
    )


def _signers(
    contract: Contract, row: Awaited, team: Sequence[TeamMember]
) -> Sequence[ContractSigner]:
    partner = Partner(
        id=row.contact_id,
        name=row.contact_name,
        email=row.contact_email,
        coach_id=row.coach_id,
        user_id=row.user_id,
    )
    return cast(contract, BOTH, People(partner=partner, team=team, author_id=None))


def _entry(contract: Contract) -> object:
    told = {"title": contract.title, "enrollment_id": str(contract.enrollment_id)}
    actor = THE_SYSTEM.told()
    return next_entry(contract, kind="created", at=now(), actor=actor, data=told)
