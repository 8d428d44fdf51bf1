"""How PostgreSQL finds the rows of lists in big practices: along an index, and no further.

Row-level security is off, as in a default install; `tests/repositories/test_contacts_plans.py`
tells of contacts with it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.ids import new_id
from tests.contracts.seeds_invoices import INVOICE_LISTS, INVOICE_SEEDS, INVOICE_TABLES
from tests.contracts.seeds_programs import (
    PROGRAM_LISTS,
    PROGRAM_SEEDS,
    PROGRAM_TABLES,
    program_ids,
)
from tests.contracts.wired import Wired
from tests.make import Person
from tests.repositories.watching import watch

CONTACTS = 5000

SEEDS = (
    """
INSERT INTO contacts (workspace_id, id, first_name, last_name, email, email_norm, portal_status,
  coach_id, last_active_at, invite_event_id)
SELECT :workspace_id, gen_random_uuid(), 'First ' || n, 'Last ' || n % 700, address, address,
  (ARRAY['not_invited', 'pending', 'active', 'disabled'])[1 + n % 4], :member_id,
  now() - n * interval '1 minute', gen_random_uuid()
FROM generate_series(1, :contacts) AS n, concat('person-', n, '@example.test') AS address
""",
    """
INSERT INTO events (workspace_id, id, type, actor_kind, actor_id, contact_id, subject_id)
SELECT workspace_id, invite_event_id, 'portal.invited', 'member', :user_id, id, id
FROM contacts WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO emails (workspace_id, id, event_id, template, recipient, recipient_name, contact_id,
  status)
SELECT workspace_id, gen_random_uuid(), invite_event_id, 'invites/portal_invited', email,
  first_name, id, (ARRAY['queued', 'sent', 'failed'])[1 + ascii(email) % 3]
FROM contacts WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO portal_invite_batches (workspace_id, id, total, invited)
VALUES (:workspace_id, :batch_id, :contacts, :contacts)
""",
    """
INSERT INTO portal_invite_batch_items (workspace_id, id, batch_id, contact_id, result, event_id)
SELECT workspace_id, gen_random_uuid(), :batch_id, id, 'invited', invite_event_id
FROM contacts WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO login_sessions (id, user_id, expires_at)
SELECT gen_random_uuid(), :user_id, now() + interval '1 day' FROM generate_series(1, 300)
""",
    *PROGRAM_SEEDS,
    *INVOICE_SEEDS,
)

LISTS = [
    "/v1/contacts?limit=50",
    "/v1/contacts?limit=50&sort=name",
    "/v1/contacts?limit=50&sort=-last_active_at",
    "/v1/contacts?limit=50&portal_status=pending",
    "/v1/contacts?limit=50&coach_id={member_id}",
    "/v1/contacts/{contact_id}",
    "/v1/contacts/{contact_id}/timeline",
    "/v1/emails",
    "/v1/emails?status=failed",
    "/v1/emails?contact_id={contact_id}",
    "/v1/events",
    "/v1/events?sort=-created_at",
    "/v1/events?type=portal.invited",
    "/v1/events?contact_id={contact_id}",
    "/v1/portal-invites/batches/{batch_id}/items",
    *PROGRAM_LISTS,
    *INVOICE_LISTS,
]

BIG = {
    *("contacts", "events", "emails", "portal_invite_batch_items"),
    *PROGRAM_TABLES,
    *INVOICE_TABLES,
}
"""Of a table with three rows the whole is read, and rightly."""

SORTS = {"Sort", "Incremental Sort"}
SCANS = {"Seq Scan", "Bitmap Heap Scan"}
MOST_PAGES = 500
"""Of 8 KiB."""

Plan = dict[str, Any]


class Town:
    """Three practices of the same size, one of which is asked."""

    def __init__(self, wired: Wired, coach: Person, ids: dict[str, Any]) -> None:
        self.coach = coach
        self.ids = ids
        self._engine = wired.make.runtime.database.engine

    async def plans(self, path: str) -> list[Plan]:
        """How the statements behind a request are carried out, and how any like them would be."""
        url = path.format(**self.ids)
        with watch(self._engine) as sent:
            answer = await self.coach.http.get(url)
        assert answer.status_code == 200, answer.text
        reads = [each for each in sent if "workspace_id =" in each[0]]
        async with self._engine.connect() as connection:
            carried_out = [await explained(connection, *read) for read in reads]
            return carried_out + [await generic(connection, *read) for read in reads]


async def explained(connection: AsyncConnection, statement: str, values: Any) -> Plan:
    """The plan for these values, carried out."""
    command = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}"
    return plan_in(await connection.exec_driver_sql(command, values))


async def generic(connection: AsyncConnection, statement: str, values: Any) -> Plan:
    """The plan for any values, which PostgreSQL takes once a statement was asked often."""
    unknown = ", ".join(["NULL"] * len(values))
    await connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
    await connection.exec_driver_sql(f"PREPARE it AS {statement}")
    found = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) EXECUTE it({unknown})")
    await connection.exec_driver_sql("DEALLOCATE it")
    return plan_in(found)


def plan_in(result: CursorResult[Any]) -> Plan:
    """The plan in what EXPLAIN answered."""
    plan: Plan = result.scalar_one()[0]["Plan"]
    return plan


@pytest.fixture(scope="module")
async def town(wired: Wired) -> Town:
    """The practices, with what they did."""
    database = wired.make.runtime.database
    for _ in range(3):
        coach = await wired.make.coach()
        ids = {
            "workspace_id": coach.workspace_id,
            "member_id": coach.member_id,
            "user_id": coach.user_id,
            "batch_id": new_id(),
            "contacts": CONTACTS,
            **program_ids(),
        }
        async with database.writing() as session:
            for seed in SEEDS:
                await session.execute(text(seed), ids)
    async with database.writing() as session:
        await session.execute(text("ANALYZE"))  # as autovacuum does in its time
    some = (await coach.http.get("/v1/contacts")).json()["data"][0]
    return Town(wired, coach, {**ids, "contact_id": some["id"]})


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_walks_an_index_and_stops(town: Town, path: str):
    plans = await town.plans(path)

    assert plans
    for plan in plans:
        shown = json.dumps(plan, indent=1)
        steps = {(node["Node Type"], node.get("Relation Name")) for node in nodes(plan)}
        assert not [step for step, _ in steps if step in SORTS], shown
        assert not [table for step, table in steps if step in SCANS and table in BIG], shown
        assert plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0) < MOST_PAGES


def nodes(plan: Plan) -> Iterator[Plan]:
    """The plan's steps."""
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)
