"""The contracts a caller works on, the one a path names, and the part they have in it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.access.audience import audience_of
from app.access.callers import CurrentClient, CurrentPrincipal, requires
from app.access.device import CurrentDevice, Device
from app.access.late_session import LateUnitOfWork, LateWork
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import Runtime, RuntimeInApp
from app.access.sessions import TenantSession
from app.core.throttle_policy import Policy
from app.features.contracts.witnesses import Witness
from app.models import Contract
from app.repositories.contracts import ContractRepository

REMINDERS = Policy(name="contract-reminders", limit=1, per_seconds=3600)
"""By contract: each is a mail to everybody whose turn it is."""

ContractId = Annotated[UUID, Path(alias="contract_id")]
Reader = Annotated[Principal, Depends(requires(Permission.CONTRACTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.CONTRACTS_WRITE))]


def witness_of(principal: Principal, device: Device) -> Witness:
    """The caller, who is signed in."""
    return Witness(actor=principal.actor, via="session", ip=device.ip, user_agent=device.user_agent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Whoever does what takes a while before its transaction begins."""

    request: Request
    runtime: Runtime
    principal: Principal
    witness: Witness
    work: LateUnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Whoever works on the contract the path names, whose row is locked."""

    contracts: ContractRepository
    principal: Principal
    witness: Witness
    contract: Contract


async def team_contracts(reader: Reader, session: TenantSession) -> ContractRepository:
    """The contracts the team sees."""
    return ContractRepository(session, audience_of(reader))


async def client_contracts(client: CurrentClient, session: TenantSession) -> ContractRepository:
    """The calling client's contracts."""
    return ContractRepository(session, audience_of(client))


TeamContracts = Annotated[ContractRepository, Depends(team_contracts)]
ClientContracts = Annotated[ContractRepository, Depends(client_contracts)]


async def team_work(
    writer: Writer, session: TenantSession, contract_id: ContractId, device: CurrentDevice
) -> Work:
    """The practice's contract the path names."""
    contracts = ContractRepository(session, audience_of(writer))
    return await _work_on(contracts, contract_id, writer, device)


async def client_work(
    client: CurrentClient, session: TenantSession, contract_id: ContractId, device: CurrentDevice
) -> Work:
    """The client's contract the path names."""
    contracts = ContractRepository(session, audience_of(client))
    return await _work_on(contracts, contract_id, client, device)


async def _work_on(
    contracts: ContractRepository, contract_id: UUID, principal: Principal, device: Device
) -> Work:
    contract = await contracts.require(contract_id, lock=True)
    return Work(
        contracts=contracts,
        principal=principal,
        witness=witness_of(principal, device),
        contract=contract,
    )


TeamWork = Annotated[Work, Depends(team_work)]
ClientWork = Annotated[Work, Depends(client_work)]


async def team_maker(
    request: Request, runtime: RuntimeInApp, writer: Writer, work: LateWork, device: CurrentDevice
) -> Maker:
    """A member of the team."""
    return _maker(request, runtime, writer, work, device)


async def team_reading_maker(
    request: Request, runtime: RuntimeInApp, reader: Reader, work: LateWork, device: CurrentDevice
) -> Maker:
    """A member of the team who only looks."""
    return _maker(request, runtime, reader, work, device)


async def client_maker(
    request: Request,
    runtime: RuntimeInApp,
    client: CurrentClient,
    work: LateWork,
    device: CurrentDevice,
) -> Maker:
    """A client."""
    return _maker(request, runtime, client, work, device)


def _maker(
    request: Request, runtime: Runtime, principal: Principal, work: LateUnitOfWork, device: Device
) -> Maker:
    return Maker(
        request=request,
        runtime=runtime,
        principal=principal,
        witness=witness_of(principal, device),
        work=work,
    )


TeamMaker = Annotated[Maker, Depends(team_maker)]
TeamReadingMaker = Annotated[Maker, Depends(team_reading_maker)]
ClientMaker = Annotated[Maker, Depends(client_maker)]


async def reminders_limited(
    request: Request, runtime: RuntimeInApp, principal: CurrentPrincipal, contract_id: ContractId
) -> None:
    """Refuse to remind of one contract over and over."""
    key = f"{principal.workspace_id}:{contract_id}"
    await runtime.throttle.hit(key, REMINDERS, request=request)
