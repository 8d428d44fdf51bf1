"""Completed contracts, and copies of them sent in to be checked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from app.access.runtime import Runtime
from app.core.db import Database
from app.models import Contract
from tests.features.contracts.papers import disclosure, pair, sent, signed_by
from tests.make import Make, Person
from tests.post_office import PostOffice

VERIFY, AUTHORITIES = "/v1/public/contracts/verify", "/v1/public/contracts/ca.pem"


@dataclass(frozen=True)
class Completed:
    """A contract both sides signed, with its sealed bytes."""

    coach: Person
    client: Person
    contract: dict[str, Any]
    content: bytes


async def all_signed(make: Make, **fields: Any) -> tuple[Person, Person, dict[str, Any]]:
    """A contract that waits for its seal."""
    coach, client = await pair(make)
    contract = await sent(coach, client, **fields)
    digest = await disclosure(client, contract)
    await signed_by(client, contract, digest)
    return coach, client, await signed_by(coach, contract, digest)


async def completed(make: Make, post_office: PostOffice, **fields: Any) -> Completed:
    """A contract that is sealed; its mails are delivered."""
    coach, client, contract = await all_signed(make, **fields)
    await post_office.deliver()
    content = await document(coach, contract)
    return Completed(coach, client, contract, content)


async def document(coach: Person, contract: dict[str, Any]) -> bytes:
    """What the team downloads."""
    answer = await coach.http.get(f"/v1/contracts/{contract['id']}/document")
    assert answer.status_code == 200, answer.text
    return answer.content


async def row(database: Database, contract: dict[str, Any], coach: Person) -> Contract:
    """The contract as it is kept."""
    async with database.reading(coach.workspace_id) as session:
        return await session.get_one(Contract, (coach.workspace_id, UUID(contract["id"])))


async def check(http: httpx.AsyncClient, content: bytes) -> dict[str, Any]:
    """What we say of a copy."""
    headers = {"Content-Type": "application/pdf"}
    answer = await http.post(VERIFY, content=content, headers=headers)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def objects(runtime: Runtime, coach: Person) -> list[str]:
    """The keys of everything the practice has stored."""
    return [found.key async for found in runtime.storage.objects(str(coach.workspace_id))]
