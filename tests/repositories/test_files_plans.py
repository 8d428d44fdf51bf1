"""What PostgreSQL does for lists of files: it begins with what is seen, not with all there is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from app.core.db import Database
from tests.features.files.uploads import uploaded
from tests.make import Make, Person
from tests.repositories.watching import watch

CONTACTS = text("""
INSERT INTO contacts (workspace_id, id, first_name)
SELECT :workspace_id, gen_random_uuid(), 'Ada ' || n FROM generate_series(1, 300) AS n
""")
FILES = text("""
INSERT INTO files (workspace_id, id, side, contact_id, name, state, current_number, latest_number)
SELECT c.workspace_id, gen_random_uuid(), side, CASE side WHEN 'client' THEN c.id END,
  'File ' || n, 'available', 1, 1
FROM contacts AS c, generate_series(1, 20) AS n,
  LATERAL (SELECT CASE WHEN n % 3 = 0 THEN 'client' ELSE 'member' END AS side) AS s
WHERE c.workspace_id = :workspace_id
""")
VERSIONS = text("""
INSERT INTO file_versions (workspace_id, id, file_id, number, state, storage_key)
SELECT workspace_id, gen_random_uuid(), id, 1, 'available', id::text
FROM files WHERE workspace_id = :workspace_id
""")
SHARES = text("""
INSERT INTO file_shares (workspace_id, id, file_id, contact_id)
SELECT f.workspace_id, gen_random_uuid(), f.id, coalesce(f.contact_id, c.id)
FROM (SELECT *, row_number() OVER () AS n FROM files WHERE workspace_id = :workspace_id) AS f
JOIN (SELECT *, row_number() OVER () AS n FROM contacts WHERE workspace_id = :workspace_id) AS c
  ON c.n = 1 + f.n % 300
""")
ATTACHMENTS = text("""
INSERT INTO file_attachments (workspace_id, id, file_id, contact_id, subject_kind, subject_id,
  shared)
SELECT workspace_id, gen_random_uuid(), file_id, contact_id, 'note', gen_random_uuid(), true
FROM file_shares WHERE workspace_id = :workspace_id
""")

BIG = {"files", "file_versions", "file_shares", "file_attachments"}
MOST_PAGES = 1000
"""Of 8 KiB, for fifty files with their versions, authors and whether they are shared."""


async def seed(make: Make, database: Database) -> tuple[Person, Person]:
    """A practice with six thousand files beside another with as many; its coach, a client."""
    for _ in range(2):
        coach = await make.coach()
        client = await make.client(workspace_id=coach.workspace_id)
        async with database.writing(coach.workspace_id) as session:
            for statement in (CONTACTS, FILES, VERSIONS, SHARES, ATTACHMENTS):
                await session.execute(statement, {"workspace_id": coach.workspace_id})
            await session.execute(text(f"ANALYZE contacts, {', '.join(sorted(BIG))}"))
    for number in range(3):
        await uploaded(coach, name=f"{number}.pdf", contact_id=client.contact_id)
        await uploaded(client, name=f"{number}.pdf")
    return coach, client


async def plans_of(database: Database, reader: Person, url: str) -> list[dict[str, Any]]:
    """The plans, as they were carried out, of the statements behind a request."""
    with watch(database.engine) as sent:
        answer = await reader.http.get(url)
    assert answer.status_code == 200, answer.text
    plans = []
    async with database.writing(reader.workspace_id) as session:
        connection = await session.connection()
        for statement, parameters in sent:
            if "file_versions" in statement:
                command = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}"
                explained = await connection.exec_driver_sql(command, parameters)
                plans.append(explained.scalar_one()[0]["Plan"])
    return plans


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


@pytest.mark.parametrize("sort", ["-created_at", "name"])
async def test_no_list_reads_all_files(make: Make, database: Database, sort: str):
    coach, client = await seed(make, database)
    for reader, path in (
        (coach, "/v1/files"),
        (coach, f"/v1/files?contact_id={client.contact_id}"),
        (client, "/v1/portal/files"),
        (client, "/v1/portal/files?uploaded_by=member"),
    ):
        joined = "&" if "?" in path else "?"
        plans = await plans_of(database, reader, f"{path}{joined}limit=50&sort={sort}")
        assert plans, path
        for plan in plans:
            shown = json.dumps(plan, indent=1)
            scanned = {
                node.get("Relation Name")
                for node in nodes(plan)
                if node["Node Type"] == "Seq Scan" and node.get("Actual Rows", 0)
            }
            assert not scanned & BIG, (path, shown)
            pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
            assert pages < MOST_PAGES, (path, shown)
