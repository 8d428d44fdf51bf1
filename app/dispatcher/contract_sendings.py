"""Sending the contracts that programs bring along: the effect behind `contract.send` jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.core.errors import Invalid, NotFound
from app.core.jobs import enqueue
from app.core.storage import Storage
from app.core.tokens import TokenMint
from app.dispatcher.failures import GiveUp
from app.dispatcher.practice_jobs import by_practice, endings_by_practice, named
from app.dispatcher.work import ClaimedJob, Settled
from app.features.contracts.failures import ContractChanged, WrongContractState
from app.features.contracts.jobs import send_job
from app.features.contracts.preparing import Prepared, check, prepare
from app.features.contracts.printing import Printed, printed
from app.features.contracts.sending import freeze, not_sent
from app.features.contracts.witnesses import THE_SYSTEM
from app.repositories.audiences import Audience
from app.repositories.contracts import ContractRepository


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft, and the document that was printed of it."""

    prepared: Prepared
    made: Printed


class ContractSendings:
    """Prints drafts while nothing is locked, then freezes them; those that can't be are told of."""

    def __init__(
        self, database: Database, *, storage: Storage, shop: PrintShop, mint: TokenMint
    ) -> None:
        self._database = database
        self._storage = storage
        self._shop = shop
        self._mint = mint

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, Prepared]:
        """The drafts that still wait, by job."""
        loaded: dict[int, Prepared] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            contracts = ContractRepository(session, Audience.team(practice))
            for job in some:
                prepared = await _draft(contracts, named(job, "contract_id"))
                if prepared:
                    loaded[job.id] = prepared
        return loaded

    async def perform(self, job: ClaimedJob, loaded: Prepared) -> Ready:  # noqa: ARG002 - Effect's
        """Print one; GiveUp for what can't be signed as it is, whoever tries."""
        try:
            await check(loaded)
            return Ready(loaded, await printed(self._shop, self._storage, loaded))
        except Invalid as refusal:
            raise GiveUp(_in_words(refusal)) from refusal

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Ready]]) -> None:
        """Freeze and send what was printed; tell the team of what could not be."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            contracts = ContractRepository(session, Audience.team(practice))
            for ending in endings:
                if ending.result:
                    await self._send(contracts, ending.result)
                elif ending.outcome == "dead":
                    contract_id = named(ending.job, "contract_id")
                    await not_sent(contracts, contract_id, str(ending.error))

    async def _send(self, contracts: ContractRepository, ready: Ready) -> None:
        try:
            await freeze(contracts, ready.prepared, ready.made, witness=THE_SYSTEM, mint=self._mint)
        except ContractChanged:
            await enqueue(contracts.session, send_job(ready.prepared.contract))
        except (NotFound, WrongContractState):
            return  # sent or deleted meanwhile


async def _draft(contracts: ContractRepository, contract_id: UUID) -> Prepared | None:
    try:
        return await prepare(contracts, contract_id, at=now())
    except (NotFound, WrongContractState):
        return None


def _in_words(refusal: Invalid) -> str:
    details = [one["detail"] for one in refusal.errors or ()]
    return "; ".join(details) or refusal.explanation or refusal.title
