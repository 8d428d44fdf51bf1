"""Signers click twice, and coaches change their minds in the same moment."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
from sqlalchemy import func, select

from app.models import Contract, ContractAudit, ContractSignature, Job
from tests.features.contracts.papers import (
    act,
    consented,
    disclosure,
    draft,
    one_sided,
    pair,
    sent,
    typed,
)
from tests.make import Make, Person
from tests.races.booking_kit import outcomes

ALONE = [{"role": "client"}]
ROUNDS = 20
ENDS = {"sign": "completing", "void": "voided", "decline": "declined"}


async def about_to_sign(coach: Person, client: Person, template_id: str) -> dict[str, Any]:
    """A contract that lacks only the client's signature."""
    contract = await sent(coach, client, template_id=template_id, signers=ALONE)
    await consented(client, contract, await disclosure(client, contract))
    return contract


async def log_of(coach: Person, contract: dict[str, Any]) -> dict[str, Any]:
    return dict((await coach.http.get(f"/v1/contracts/{contract['id']}/audit")).json())


async def test_of_ten_signatures_at_once_one_is_kept_and_one_seal_asked_for(crowd: Make):
    coach, client = await pair(crowd)
    contract = await about_to_sign(coach, client, await one_sided(coach))
    signing = [act(client, contract, "sign", **typed(contract)) for _ in range(10)]
    answers = await asyncio.gather(*signing)
    asking = [act(coach, contract, "complete") for _ in range(10)]
    again = await asyncio.gather(*asking)

    assert {one.status_code for one in (*answers, *again)} == {200}
    async with crowd.runtime.database.reading(coach.workspace_id) as session:
        signatures = select(func.count()).select_from(ContractSignature)
        seals = select(func.count()).select_from(Job).where(Job.kind == "contract.seal")
        assert await session.scalar(signatures) == 1
        assert await session.scalar(seals) == 1
    log = await log_of(coach, contract)
    assert [one["type"] for one in log["entries"]].count("signed") == 1
    assert log["verified"]


async def test_signed_voided_and_declined_at_once_it_is_one_of_them(crowd: Make):
    coach, client = await pair(crowd)
    template_id, ended = await one_sided(coach), set()
    for _ in range(ROUNDS):
        contract = await about_to_sign(coach, client, template_id)
        answers = await asyncio.gather(
            act(client, contract, "sign", **typed(contract)),
            act(client, contract, "decline", reason="No"),
            act(coach, contract, "void", reason="Wrong price"),
        )
        ended.add(await _only_one(coach, contract, answers))
    assert ended <= set(ENDS.values())


async def _only_one(
    coach: Person, contract: dict[str, Any], answers: Sequence[httpx.Response]
) -> str:
    """Which of the three it was: the others were refused, and the log holds."""
    assert outcomes(answers) == {"booked": 1, "contract_state": 2}
    verbs = ("sign", "decline", "void")
    won = next(verb for verb, one in zip(verbs, answers, strict=True) if one.is_success)
    status = (await coach.http.get(f"/v1/contracts/{contract['id']}")).json()["status"]
    log = await log_of(coach, contract)
    assert status == ENDS[won]
    assert log["verified"]
    assert len(log["entries"]) == len(["created", "sent", "consented", won])
    return str(status)


async def test_sent_ten_times_at_once_it_is_sent_once(crowd: Make):
    coach, client = await pair(crowd)
    contract = await draft(coach, client)
    path = f"/v1/contracts/{contract['id']}/send"
    headers = [{"Idempotency-Key": f"key-{number}"} for number in range(10)]
    answers = await asyncio.gather(*(coach.http.post(path, headers=one) for one in headers))

    assert outcomes(answers) == {"booked": 1, "contract_state": 9}
    assert [one["type"] for one in (await log_of(coach, contract))["entries"]] == [
        "created",
        "sent",
    ]


async def test_a_draft_that_is_changed_while_it_is_printed_is_not_sent(crowd: Make):
    coach, client = await pair(crowd)
    contract = await draft(coach, client)
    path = f"/v1/contracts/{contract['id']}"
    edits = [
        coach.http.patch(path, json={"title": f"Title {n}"}, headers={"If-Match": "*"})
        for n in range(5)
    ]
    sending = coach.http.post(f"{path}/send", headers={"Idempotency-Key": "k"})
    answer, *changes = await asyncio.gather(sending, *edits)

    kept = (await coach.http.get(path)).json()
    if answer.is_success:
        assert answer.json()["title"] == kept["title"]
    else:
        assert answer.json()["code"] == "contract_changed"
        assert kept["status"] == "draft"
    assert all(one.status_code in {200, 409} for one in changes)
    async with crowd.runtime.database.reading(coach.workspace_id) as session:
        entries = await session.scalar(select(func.count()).select_from(ContractAudit))
        head = await session.scalar(select(Contract.audit_seq))
    assert entries == head
