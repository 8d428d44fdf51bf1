"""A log that was altered, cut short or made longer by SQL is found out."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.hash_chains import canonical, chained, first_broken
from app.repositories.contract_checks import all_practices, altered_logs
from tests.features.contracts.papers import disclosure, pair, sent, signed_by
from tests.make import Make, Person

TAMPERING = [
    ("""UPDATE contract_audit SET data = '{"title": "Other"}' WHERE seq = 1""", 1),
    ("UPDATE contract_audit SET at = at - interval '1 day' WHERE seq = 2", 2),
    ("UPDATE contract_audit SET type = 'declined' WHERE seq = 3", 3),
    ("UPDATE contract_audit SET actor = actor - 'ip' WHERE seq = 4", 4),
    ("UPDATE contract_audit SET hash = prev_hash, prev_hash = hash WHERE seq = 2", 2),
    ("DELETE FROM contract_audit WHERE seq = 2", 2),
    ("DELETE FROM contract_audit WHERE seq = 4", 4),
    ("UPDATE contracts SET audit_head = 'ab'", 4),
]


async def signed(make: Make) -> tuple[Person, dict[str, Any]]:
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await signed_by(client, contract, await disclosure(client, contract))
    return coach, contract


async def log_of(coach: Person, contract: dict[str, Any]) -> dict[str, Any]:
    return dict((await coach.http.get(f"/v1/contracts/{contract['id']}/audit")).json())


@pytest.mark.parametrize(("statement", "broken_at"), TAMPERING)
async def test_altering_it_shows_where(make: Make, statement: str, broken_at: int):
    coach, contract = await signed(make)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        await session.execute(text("DELETE FROM contract_audit WHERE type = 'asked'"))
        await session.execute(
            text(
                "UPDATE contracts SET audit_seq = 4, audit_head = "
                "(SELECT hash FROM contract_audit WHERE seq = 4)"
            )
        )
        await session.execute(text(statement))
    log = await log_of(coach, contract)

    assert (log["verified"], log["broken_at"]) == (False, broken_at)


async def test_anybody_can_compute_it_again(make: Make):
    coach, contract = await signed(make)
    log = await log_of(coach, contract)
    previous = ""
    for entry in log["entries"]:
        own = {"contract_id": contract["id"], **entry}
        told = {name: own[name] for name in ("contract_id", "seq", "at", "type", "actor", "data")}
        assert chained(told, previous) == entry["hash"]
        previous = entry["hash"]
    assert log["head"] == previous


def test_canonical_json_is_one_way_to_write_it():
    assert canonical({"b": 1, "a": "é", "c": [True, None]}) == (
        '{"a":"é","b":1,"c":[true,null]}'.encode()
    )


def test_a_chain_that_was_made_longer_is_broken_there():
    first, second = {"seq": 1}, {"seq": 2}
    one = chained(first, "")
    two = chained(second, one)

    assert first_broken([(first, "", one), (second, one, two)], length=1, head=one) == 2
    assert first_broken([(first, "", one)], length=1, head=one) is None


async def test_all_logs_are_checked_at_once(make: Make):
    coach, contract = await signed(make)
    client = await make.client(workspace_id=coach.workspace_id)
    other = await sent(coach, client)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        assert await altered_logs(session, coach.workspace_id) == (2, [])
        alter = text(
            "UPDATE contract_audit SET type = 'voided' WHERE contract_id = :id AND seq = 2"
        )
        await session.execute(alter, {"id": UUID(other["id"])})
        checked, altered = await altered_logs(session, coach.workspace_id)
        assert coach.workspace_id in await all_practices(session)

    assert checked == 2
    assert [(str(one.contract_id), one.broken_at) for one in altered] == [(other["id"], 2)]
    assert (await log_of(coach, contract))["verified"]
