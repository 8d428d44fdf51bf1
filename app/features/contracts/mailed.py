"""Signers who hold the mailed link, and maybe no account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.invitations import Link
from app.access.runtime import Runtime
from app.core.downloads import sent
from app.core.events import Actor
from app.core.tokens import InvalidToken
from app.features.contracts import signing
from app.features.contracts.answers_signing import mailed_out
from app.features.contracts.documents import document_of
from app.features.contracts.emails import SIGN_TOKEN
from app.features.contracts.marks import mark_of
from app.features.contracts.schemas_signing import (
    MailedConsentIn,
    MailedContractOut,
    MailedDeclineIn,
    MailedSignIn,
)
from app.features.contracts.witnesses import Witness
from app.models import ContractSigner
from app.repositories.audiences import Audience
from app.repositories.contract_people import signer_with
from app.repositories.contracts import ContractRepository
from app.repositories.hosts import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whoever holds a link, and the contracts of its practice."""

    contracts: ContractRepository
    signer: ContractSigner

    @property
    def contract_id(self) -> UUID:
        """The contract the link leads to."""
        return self.signer.contract_id


async def _holder(session: AsyncSession, link: Link) -> Holder:
    """Raises InvalidToken (404)."""
    signer = await signer_with(session, link.workspace_id, link.token_hash)
    if signer is None:
        raise InvalidToken
    contracts = ContractRepository(session, Audience.team(link.workspace_id))
    return Holder(contracts=contracts, signer=signer)


async def look_up(runtime: Runtime, token: str) -> MailedContractOut:
    """What is to be signed. Changes nothing: mail scanners open links too."""
    link = Link.read(token, prefix=SIGN_TOKEN)
    async with runtime.database.reading(link.workspace_id) as session:
        return await _shown(runtime, await _holder(session, link))


async def _shown(runtime: Runtime, holder: Holder) -> MailedContractOut:
    contracts = holder.contracts
    card = await contracts.card(holder.contract_id)
    fields = await contracts.fields(holder.contract_id)
    host = await host_of(contracts.session, contracts.workspace_id, None)
    return mailed_out(runtime, contracts.workspace_id, host, card, fields, holder.signer.id)


async def open_document(request: Request, runtime: Runtime, token: str, device: Device) -> Response:
    """The document, and a note that it was opened."""
    link = Link.read(token, prefix=SIGN_TOKEN)
    async with runtime.database.reading(link.workspace_id) as session:
        holder = await _holder(session, link)
        card = await holder.contracts.card(holder.contract_id)
    answer = await sent(request, runtime.storage, document_of(card))
    if holder.signer.status == "notified":
        async with _part(runtime, link, device) as (_, part):
            await signing.view(part)
    return answer


@asynccontextmanager
async def _part(
    runtime: Runtime, link: Link, device: Device
) -> AsyncIterator[tuple[Holder, signing.Part]]:
    """The holder's part, in a transaction of its own, its contract locked."""
    async with runtime.database.writing(link.workspace_id) as session:
        holder = await _holder(session, link)
        witness = Witness(
            actor=Actor("client"), via="link", ip=device.ip, user_agent=device.user_agent
        )
        own = holder.signer.id
        part = await signing.part_in(
            holder.contracts,
            holder.contract_id,
            mine=lambda signer: signer.id == own,
            witness=witness,
        )
        yield holder, part


async def consent(runtime: Runtime, body: MailedConsentIn, device: Device) -> MailedContractOut:
    """Agree to sign electronically."""
    link = Link.read(body.token, prefix=SIGN_TOKEN)
    async with _part(runtime, link, device) as (holder, part):
        await signing.consent(part, body)
        return await _shown(runtime, holder)


async def sign(runtime: Runtime, body: MailedSignIn, device: Device) -> MailedContractOut:
    """Sign; the picture is read before anything is locked."""
    link = Link.read(body.token, prefix=SIGN_TOKEN)
    mark = await mark_of(body)
    async with _part(runtime, link, device) as (holder, part):
        await signing.sign(part, body, mark, onboarding=runtime.onboarding)
        return await _shown(runtime, holder)


async def decline(runtime: Runtime, body: MailedDeclineIn, device: Device) -> MailedContractOut:
    """Refuse to sign."""
    link = Link.read(body.token, prefix=SIGN_TOKEN)
    async with _part(runtime, link, device) as (holder, part):
        await signing.decline(part, body.reason)
        return await _shown(runtime, holder)
