"""What strangers ask for, and lists show, of contracts."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.ids import new_id
from app.models import Contact, Contract, ContractSigner
from tests.make import Make, Person

NAMED = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"
DIGEST = "ab" * 32
CONSENT = {"disclosure_sha256": DIGEST, "accepted": True}
TYPED = {"method": "typed", "text": "Ada Lovelace", "document_sha256": DIGEST}

CONTRACT_BODIES: dict[str, dict[str, Any]] = {
    "create_contract": {"contact_id": NAMED, "template_id": NAMED},
    "change_contract": {"title": "Ours now"},
    "void_contract": {"reason": "Ours now"},
    "consent_to_contract": CONSENT,
    "sign_contract": TYPED,
    "consent_to_portal_contract": CONSENT,
    "sign_portal_contract": TYPED,
    "decline_portal_contract": {"reason": "Not mine"},
}


def sent_contract(workspace_id: UUID, contact_id: UUID) -> Contract:
    """Out for signature; its document is in no store."""
    return Contract(
        workspace_id=workspace_id,
        id=new_id(),
        contact_id=contact_id,
        title="Agreement",
        body="Agreed.",
        status="sent",
        sent_at=now(),
        document_key="nowhere",
        document_sha256=DIGEST,
        document_size=100,
    )


def asked(contract: Contract) -> ContractSigner:
    """The contact, asked to sign it."""
    return ContractSigner(
        workspace_id=contract.workspace_id,
        contract_id=contract.id,
        contact_id=contract.contact_id,
        role="client",
        who="client",
        place=1,
        name="Ada Lovelace",
        email="ada@example.test",
        status="notified",
        notified_at=now(),
    )


async def contract(make: Make, owner: Person) -> UUID:
    """Sent to one of the practice's clients: nothing keeps that client, or it, from it."""
    contact = await make.contact(workspace_id=owner.workspace_id)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = sent_contract(owner.workspace_id, contact.id)
        session.add(row)
        await session.flush()
        session.add(asked(row))
        return row.id


async def contracts(session: AsyncSession, reader: Person, _: UUID | None, numbers: range) -> None:
    """Of different contacts (the reader's own, for a client), each with its signer."""
    for _number in numbers:
        contact_id = reader.contact_id or await _contact(session, reader)
        row = sent_contract(reader.workspace_id, contact_id)
        session.add(row)
        await session.flush()
        session.add(asked(row))


async def _contact(session: AsyncSession, owner: Person) -> UUID:
    contact = Contact(workspace_id=owner.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact.id


CONTRACT_CROWDS = {"list_contracts": contracts, "list_portal_contracts": contracts}
CONTRACT_TARGETS = {"contract_id": contract}
