"""What PostgreSQL does for lists of notes and comments: it walks an index and stops."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from app.core.db import Database
from tests.features.comments.speaking import thread
from tests.features.notes.writing import Pair, base, pair, write_by
from tests.make import Make, Person
from tests.repositories.watching import watch

NOTES = text("""
INSERT INTO notes (workspace_id, id, contact_id, side, title, body, shared_at, shared_event_id)
SELECT c.workspace_id, gen_random_uuid(), c.id, CASE WHEN n % 2 = 0 THEN 'member' ELSE 'client' END,
  'Note ' || n, repeat('lark ' || n || ' ', 20),
  CASE WHEN n % 3 > 0 THEN now() END, CASE WHEN n % 3 > 0 THEN gen_random_uuid() END
FROM contacts AS c, generate_series(1, 30) AS n
WHERE c.workspace_id = :workspace_id
""")
CONTACTS = text("""
INSERT INTO contacts (workspace_id, id, first_name)
SELECT :workspace_id, gen_random_uuid(), 'Ada ' || n FROM generate_series(1, 200) AS n
""")
COMMENTS = text("""
INSERT INTO comments (workspace_id, id, contact_id, subject_kind, subject_id, side, body, body_html)
SELECT workspace_id, gen_random_uuid(), contact_id, 'note', id, side, 'Hm', '<p>Hm</p>'
FROM notes, generate_series(1, 3) WHERE workspace_id = :workspace_id
""")

MOST_PAGES = 1000
"""Of 8 KiB, for fifty notes with their authors, files and the number of their comments."""


async def seeded(make: Make, database: Database) -> Pair:
    """A practice with six thousand notes beside another with as many."""
    for _ in range(2):
        people = await pair(make)
        async with database.writing(people.coach.workspace_id) as session:
            for statement in (CONTACTS, NOTES, COMMENTS):
                await session.execute(statement, {"workspace_id": people.coach.workspace_id})
            await session.execute(text("ANALYZE contacts, notes, comments"))
    return people


async def plan_of(database: Database, reader: Person, url: str, table: str) -> dict[str, Any]:
    """The plan, as it was carried out, of the statement that reads the list."""
    with watch(database.engine) as sent:
        answer = await reader.http.get(url)
    assert answer.status_code == 200, answer.text
    statement, parameters = next(each for each in sent if "LIMIT" in each[0] and table in each[0])
    async with database.writing(reader.workspace_id) as session:
        connection = await session.connection()
        explained = await connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters
        )
        (report,) = explained.scalar_one()
    plan: dict[str, Any] = report["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


async def test_hot_lists_walk_an_index_and_stop(make: Make, database: Database):
    people = await seeded(make, database)
    note = await write_by(people.coach, people, share=True)
    about = f"contact_id={people.client.contact_id}"
    for reader, path, table in (
        (people.coach, f"{base(people.coach)}?limit=50", "notes"),
        (people.coach, f"{base(people.coach)}?limit=50&{about}", "notes"),
        (people.coach, f"{base(people.coach)}?limit=50&written_by=client&shared=true", "notes"),
        (people.client, f"{base(people.client)}?limit=50", "notes"),
        (people.client, f"{thread(people.client, note)}?limit=50", "comments"),
    ):
        plan = await plan_of(database, reader, path, table)
        shown = json.dumps(plan, indent=1)
        big = {"notes", "comments"}
        scans = {n["Node Type"] for n in nodes(plan) if n.get("Relation Name") in big}
        assert scans <= {"Index Scan", "Index Only Scan"}, f"{path}: {shown}"
        assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < MOST_PAGES, shown
        read = [n for n in nodes(plan) if n.get("Relation Name") == table]
        assert max(n["Actual Rows"] for n in read) <= 51, shown
