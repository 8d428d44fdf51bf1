"""Steps of an enrollment's way that several tests take."""

from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import func, select

from app.models import CreditAccount, CreditEntry, Event
from tests.make import Make, Person


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": uuid4().hex}


async def enroll(
    coach: Person, program: dict[str, Any], *contact_ids: UUID | str | None, **body: Any
) -> httpx.Response:
    """The coach brings contacts into a program."""
    ids = [str(one) for one in contact_ids]
    return await coach.http.post(
        f"/v1/programs/{program['id']}/enrollments",
        json={"contact_ids": ids, **body},
        headers=key(),
    )


async def enrolled(
    coach: Person, program: dict[str, Any], contact_id: UUID | str | None
) -> dict[str, Any]:
    """One contact's new enrollment."""
    answer = await enroll(coach, program, contact_id)
    assert answer.status_code == 201, answer.text
    [item] = answer.json()["data"]
    enrollment: dict[str, Any] = item["enrollment"]
    return enrollment


async def events(make: Make, coach: Person, kind: str) -> list[dict[str, Any]]:
    """The data of each event of this type in the coach's practice, oldest first."""
    async with make.runtime.database.reading(coach.workspace_id) as session:
        told = select(Event.data).where(Event.type == kind).order_by(Event.id)
        return list(await session.scalars(told))


async def ledgers_agree(make: Make, workspace_id: UUID) -> None:
    """Every account's sums are those of its entries, and none is below zero."""
    async with make.runtime.database.reading(workspace_id) as session:
        sums = await session.execute(
            select(CreditAccount.balance, func.sum(CreditEntry.change))
            .join(CreditEntry, CreditEntry.account_id == CreditAccount.id)
            .group_by(CreditAccount.id, CreditAccount.balance)
        )
        for balance, change in sums:
            assert balance == change
            assert balance >= 0
