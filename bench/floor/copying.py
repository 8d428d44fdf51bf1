"""The rows of a bulk invitation by COPY: what writing them costs when all else is done."""

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from app.core.ids import new_id
from bench.floor.connecting import connected
from bench.seeds import Practice

BATCHES, ITEMS, INVITES, EVENTS = (
    "portal_invite_batches",
    "portal_invite_batch_items",
    "portal_invites",
    "events",
)
MARK = """
UPDATE contacts SET portal_status = 'pending', invited_at = now(), invite_expires_at = now(),
  invite_event_id = marked.event_id, version = version + 1, updated_at = now()
FROM unnest($2::uuid[], $3::uuid[]) AS marked(contact_id, event_id)
WHERE contacts.workspace_id = $1 AND contacts.id = marked.contact_id
"""

Rows = dict[str, list[dict[str, Any]]]


async def copy(url: str, model: Practice, target: Practice) -> float:
    """Write for one practice what was written for another; how many seconds that took."""
    async with connected(url) as connection:
        rows, jobs = await _translated(connection, model, target)
        begin = time.perf_counter()
        await _write(connection, rows, jobs)
        return time.perf_counter() - begin


async def _translated(
    connection: asyncpg.Connection, model: Practice, target: Practice
) -> tuple[Rows, list[tuple[Any, ...]]]:
    """The model's rows with the target's ids in them, and its planning jobs."""
    theirs, others = [await _contacts(connection, one) for one in (model, target)]
    ids = dict(zip(theirs, others, strict=True)) | {model.id: target.id}
    rows: Rows = {}
    for table in (BATCHES, ITEMS, INVITES, EVENTS):
        found = await connection.fetch(f"SELECT * FROM {table} WHERE workspace_id = $1", model.id)  # noqa: S608 - one of four
        rows[table] = [_with_ids(row, ids) for row in found]
    jobs = await connection.fetch(
        "SELECT kind, payload, lane, run_at FROM jobs WHERE kind = 'fanout'"
        " AND payload->>'workspace_id' = $1",
        str(model.id),
    )
    return rows, [tuple(job) for job in jobs]


async def _contacts(connection: asyncpg.Connection, practice: Practice) -> list[UUID]:
    found = await connection.fetch(
        "SELECT id FROM contacts WHERE workspace_id = $1 ORDER BY id", practice.id
    )
    return [row["id"] for row in found]


def _with_ids(row: asyncpg.Record, ids: dict[UUID, UUID]) -> dict[str, Any]:
    """The row with a counterpart of each id in it, made when the id is first met."""
    return {
        name: ids.setdefault(value, new_id()) if isinstance(value, UUID) else value
        for name, value in row.items()
    }


async def _write(
    connection: asyncpg.Connection, rows: Rows, jobs: Sequence[tuple[Any, ...]]
) -> None:
    async with connection.transaction():
        for table, found in rows.items():
            await connection.copy_records_to_table(
                table, records=[tuple(row.values()) for row in found], columns=list(found[0])
            )
        await connection.copy_records_to_table(
            "jobs", records=jobs, columns=["kind", "payload", "lane", "run_at"]
        )
        events = rows[EVENTS]
        await connection.execute(
            MARK,
            events[0]["workspace_id"],
            [event["contact_id"] for event in events],
            [event["id"] for event in events],
        )
