"""What the clock does about contracts: reminders to those whose turn it is, and the end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import publish
from app.core.jobs import NewJob, cancel, enqueue
from app.features.contracts.events import ContractReminder, about, named
from app.features.contracts.failures import WrongContractState
from app.features.contracts.turns import asked
from app.features.contracts.witnesses import THE_SYSTEM, Witness
from app.models import Contract, ContractSigner
from app.repositories.audiences import Audience
from app.repositories.contract_audit import record
from app.repositories.contracts import ContractRepository

KIND = "contract.clock"
"""Kind of the job that looks after one contract that was sent."""

Moment = Literal["reminder", "expiry"]

FIRST_AFTER = timedelta(days=5)
THEN_EVERY = timedelta(days=2)
MOST_REMINDERS = 5
"""To one signer, by the clock; the team may remind by hand as well."""


async def watch(
    session: AsyncSession, contract: Contract, signers: Sequence[ContractSigner]
) -> None:
    """Ask for the next look at a contract that is out, in the same transaction."""
    jobs = [_job(contract, "reminder", at) for at in _next_reminders(signers)]
    if contract.expires_at:
        jobs.append(_job(contract, "expiry", contract.expires_at))
    await enqueue(session, *jobs)


async def forget(session: AsyncSession, contract: Contract) -> None:
    """Nobody is waited for any longer."""
    await cancel(session, _key(contract, "reminder"), _key(contract, "expiry"))


async def follow(
    session: AsyncSession, contract: Contract, signers: Sequence[ContractSigner]
) -> None:
    """Let the looks follow what changed: somebody signed, or was reminded."""
    await forget(session, contract)
    await watch(session, contract, signers)


def _next_reminders(signers: Sequence[ContractSigner]) -> list[datetime]:
    """The earliest instant at which one of them is to be reminded; none when all were enough."""
    return sorted(at for signer in asked(signers) if (at := _reminder(signer)))[:1]


def _reminder(signer: ContractSigner) -> datetime | None:
    if signer.reminders >= MOST_REMINDERS or signer.notified_at is None:
        return None
    if signer.reminded_at is None:
        return signer.notified_at + FIRST_AFTER
    return signer.reminded_at + THEN_EVERY


def _job(contract: Contract, moment: Moment, run_at: datetime) -> NewJob:
    payload = {
        "workspace_id": contract.workspace_id,
        "contract_id": contract.id,
        "moment": moment,
    }
    return NewJob(kind=KIND, payload=payload, key=_key(contract, moment), run_at=run_at)


def _key(contract: Contract, moment: Moment) -> str:
    return f"contract:{contract.id}:{moment}"


async def look_whom_to_remind(session: AsyncSession, workspace_id: UUID, contract_id: UUID) -> None:
    """What the job does: remind those who are due, and come again."""
    contracts = ContractRepository(session, Audience.team(workspace_id))
    try:
        contract = await contracts.require(contract_id, lock=True)
    except NotFound:
        return
    if contract.status != "sent":
        return
    signers = await contracts.signers(contract.id, lock=True)
    at = now()
    due = [one for one in asked(signers) if (when := _reminder(one)) and when <= at]
    if due:
        for signer in due:
            signer.reminders += 1
        await _remind(session, contract, due, THE_SYSTEM)
    await follow(session, contract, signers)


async def remind(contracts: ContractRepository, contract: Contract, witness: Witness) -> None:
    """Remind everybody whose turn it is, by hand. Raises WrongContractState (409)."""
    if contract.status != "sent":
        raise WrongContractState(contract.status)
    signers = await contracts.signers(contract.id, lock=True)
    await _remind(contracts.session, contract, asked(signers), witness)
    await follow(contracts.session, contract, signers)


async def _remind(
    session: AsyncSession, contract: Contract, due: Sequence[ContractSigner], witness: Witness
) -> None:
    at = now()
    for signer in due:
        signer.reminded_at = at
    whom = {"signers": [str(signer.id) for signer in due]}
    record(session, contract, kind="reminded", at=at, actor=witness.told(), data=whom)
    await session.flush()
    facts = about(contract, witness.actor)
    event = ContractReminder(**facts, expires_at=contract.expires_at, due=named(due))
    await publish(session, event)
