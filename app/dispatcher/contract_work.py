"""All that the dispatcher does for contracts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.documents.key_store import SealKeys
from app.core.documents.print_shop import PrintShop
from app.core.documents.timestamps import TimestampAuthority
from app.core.outbound import Outbound
from app.core.storage import Storage
from app.core.tokens import TokenMint
from app.dispatcher.contract_seals import SEAL_SECONDS, ContractSeals
from app.dispatcher.contract_sendings import ContractSendings
from app.dispatcher.work import ClaimedJob, Effect, Handler
from app.features.contracts import clock
from app.features.contracts.ending import look_whether_over
from app.features.contracts.jobs import SEAL, SEND
from app.settings import Settings

CONTRACT_TIMEOUTS: Mapping[str, float] = {SEAL: SEAL_SECONDS}
"""Seconds, where a minute is too short."""


def contract_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for contracts, by kind."""

    async def look(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = UUID(job.payload["workspace_id"])
        await database.enter(session, workspace_id)
        contract_id = UUID(job.payload["contract_id"])
        if job.payload["moment"] == "expiry":
            await look_whether_over(session, workspace_id, contract_id)
        else:
            await clock.look_whom_to_remind(session, workspace_id, contract_id)

    return {clock.KIND: look}


def contract_effects(
    database: Database,
    settings: Settings,
    *,
    storage: Storage,
    shop: PrintShop,
    mint: TokenMint,
    outbound: Outbound,
) -> dict[str, Effect[Any, Any]]:
    """The effects behind contracts' jobs, by kind."""
    url = settings.timestamp_url
    return {
        SEND: ContractSendings(database, storage=storage, shop=shop, mint=mint),
        SEAL: ContractSeals(
            database,
            storage=storage,
            shop=shop,
            keys=SealKeys(database, settings),
            timestamper=TimestampAuthority(outbound, url) if url else None,
            verify_at=f"{settings.api_url}/v1/public/contracts/verify",
        ),
    }
