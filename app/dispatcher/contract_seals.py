"""Sealing contracts that everybody has signed: the effect behind `contract.seal` jobs.

Whatever ends a worker in the middle, the contract stays as it was and another try begins anew;
whoever settles first has sealed it, and the others' objects are swept.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.documents.finishing import finish
from app.core.documents.key_store import SealKeys
from app.core.documents.print_shop import PrintShop
from app.core.documents.sealing import Timestamper, seal
from app.core.outbound import OutboundError
from app.core.storage import Storage, new_key
from app.dispatcher.contract_certificates import entries_of, record_of, trail_of
from app.dispatcher.failures import Unavailable
from app.dispatcher.practice_jobs import by_practice, endings_by_practice, named
from app.dispatcher.work import ClaimedJob, Settled
from app.features.contracts.completing import (
    Sealed,
    SealOrder,
    complete,
    note_failure,
    order_of,
)
from app.repositories.merge_values import Facts, facts_of_workspace

PDF = "application/pdf"
REASON = "Completed: everybody has signed"
SEALS_AT_ONCE = 2
"""In one process: there are as many presses."""

SEAL_SECONDS = 300.0


class DocumentAltered(Exception):
    """The stored bytes aren't those that everybody signed; they are never sealed."""


@dataclass(frozen=True, slots=True)
class ToSeal:
    """A contract everybody has signed, and its practice's name and zone."""

    order: SealOrder
    practice: Facts


class ContractSeals:
    """Makes completed documents and seals them, while nothing is locked."""

    def __init__(
        self,
        database: Database,
        *,
        storage: Storage,
        shop: PrintShop,
        keys: SealKeys,
        timestamper: Timestamper | None,
        verify_at: str,
    ) -> None:
        """Seal with the installation's key; `verify_at` is where a copy can be checked."""
        self._database = database
        self._storage = storage
        self._shop = shop
        self._keys = keys
        self._timestamper = timestamper
        self._verify_at = verify_at

    async def load(self, session: AsyncSession, jobs: Sequence[ClaimedJob]) -> Mapping[int, ToSeal]:
        """The contracts that still wait, by job."""
        loaded: dict[int, ToSeal] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            facts = await facts_of_workspace(session, practice)
            for job in some:
                order = await order_of(session, practice, named(job, "contract_id"))
                if order:
                    loaded[job.id] = ToSeal(order, facts)
        return loaded

    async def perform(self, job: ClaimedJob, loaded: ToSeal) -> Sealed:  # noqa: ARG002 - Effect's
        """Make and seal one document. Raises Unavailable while there is no time to be had."""
        finished = await finish(
            self._shop,
            await self._signed_document(loaded.order),
            entries_of(loaded.order),
            record=record_of(loaded.order, loaded.practice, verify_at=self._verify_at),
            audit=trail_of(loaded.order),
        )
        return await self._kept(loaded.order, await self._sealed(finished))

    async def _signed_document(self, order: SealOrder) -> bytes:
        content = await self._storage.read_whole(order.contract.document_key or "")
        if (await _sha256(content)) != order.contract.document_sha256:
            raise DocumentAltered("The stored document is not the one that was signed.")
        return content

    async def _sealed(self, finished: bytes) -> bytes:
        key = await self._keys.current()
        try:
            return await seal(
                self._shop, finished, key, reason=REASON, timestamper=self._timestamper
            )
        except OutboundError as error:
            raise Unavailable(f"The timestamp authority is away: {error}") from error

    async def _kept(self, order: SealOrder, content: bytes) -> Sealed:
        key = new_key(order.contract.workspace_id)
        await self._storage.put_small(key, content, media_type=PDF)
        return Sealed(key=key, size=len(content), sha256=await _sha256(content))

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Sealed]]) -> None:
        """Complete each contract once; keep why one could not be, for its team to see."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            for ending in endings:
                await _settled(session, practice, ending)


async def _settled(session: AsyncSession, practice: UUID, ending: Settled[Sealed]) -> None:
    contract_id = named(ending.job, "contract_id")
    if ending.result:
        await complete(session, practice, contract_id, ending.result)
    elif ending.error:
        await note_failure(session, practice, contract_id, str(ending.error))


async def _sha256(content: bytes) -> str:
    return (await asyncio.to_thread(hashlib.sha256, content)).hexdigest()
