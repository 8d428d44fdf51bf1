"""What PostgreSQL does for lists of notifications: it walks an index of one inbox and stops."""

import json

from sqlalchemy import text

from app.core.db import Database
from tests.make import Make, Person
from tests.repositories.test_notes_plans import nodes, plan_of

INBOXES = text("""
INSERT INTO inboxes (workspace_id, id, contact_id, last_number)
SELECT workspace_id, id, id, 300 FROM contacts WHERE workspace_id = :workspace_id
""")
CONTACTS = text("""
INSERT INTO contacts (workspace_id, id, first_name)
SELECT :workspace_id, gen_random_uuid(), 'Ada ' || n FROM generate_series(1, 20) AS n
""")
NOTICES = text("""
INSERT INTO notifications (workspace_id, id, inbox_id, number, event_id, type, title, summary,
  read_at)
SELECT workspace_id, gen_random_uuid(), id, n, gen_random_uuid(),
  CASE WHEN n % 2 = 0 THEN 'note.shared' ELSE 'goal.created' END, 'Told ' || n, '',
  CASE WHEN n < 250 THEN now() END
FROM inboxes, generate_series(1, 300) AS n WHERE workspace_id = :workspace_id
""")


async def seeded(make: Make, database: Database) -> Person:
    """A client among twenty with three hundred notifications each, in two practices."""
    for _ in range(2):
        coach = await make.coach()
        client = await make.client(workspace_id=coach.workspace_id)
        async with database.writing(coach.workspace_id) as session:
            for statement in (CONTACTS, INBOXES, NOTICES):
                await session.execute(statement, {"workspace_id": coach.workspace_id})
            await session.execute(text("ANALYZE inboxes, notifications"))
    return client


async def test_lists_walk_an_index_and_stop(make: Make, database: Database):
    client = await seeded(make, database)
    for query, most in (("", 51), ("&unread=true", 51), ("&type=note.shared", 51)):
        path = f"/v1/portal/notifications?limit=50{query}"
        plan = await plan_of(database, client, path, "notifications")
        shown = json.dumps(plan, indent=1)
        read = [n for n in nodes(plan) if n.get("Relation Name") == "notifications"]
        assert {n["Node Type"] for n in read} == {"Index Scan"}, shown
        assert not [n for n in nodes(plan) if n["Node Type"] == "Sort"], shown
        assert max(n["Actual Rows"] for n in read) <= most, shown
