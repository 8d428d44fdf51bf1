"""What PostgreSQL does for the lists that are read all the time: no table scan, no sort."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.make import Make, Person
from tests.repositories.watching import watch

SEED = text("""
INSERT INTO contacts (workspace_id, id, first_name, last_name, email, email_norm, company,
  portal_status, type, tags, tag_keys, coach_id, last_active_at, custom_fields)
SELECT :workspace_id, gen_random_uuid(), 'First ' || n, 'Last ' || n % 700, address, address,
  'Company ' || tag, (ARRAY['not_invited', 'pending', 'active', 'disabled'])[1 + n % 4],
  (ARRAY['lead', 'prospect', 'client'])[1 + n % 3], ARRAY[tag], ARRAY[tag], :member_id,
  now() - n * interval '1 minute', '{"size": 41}'
FROM generate_series(1, 3000) AS n, concat('person-', n, '@example.test') AS address,
  concat(CASE n WHEN 7 THEN 'rare' ELSE 'tag ' || n % 50 END) AS tag
""")

HOT = [
    "/v1/contacts?limit=50",
    "/v1/contacts?limit=50&sort=created_at",
    "/v1/contacts?limit=50&sort=name",
    "/v1/contacts?limit=50&sort=-name",
    "/v1/contacts?limit=50&sort=last_active_at",
    "/v1/contacts?limit=50&sort=-last_active_at",
    "/v1/contacts?limit=50&portal_status=pending",
    "/v1/contacts?limit=50&coach_id={member_id}",
    "/v1/contacts?limit=50&archived=all",
    "/v1/contacts/{contact_id}",
]


async def seeded(make: Make, database: Database) -> Person:
    """A practice with 3,000 contacts beside another with as many."""
    stranger, coach = await make.coach(), await make.coach()
    for person in (stranger, coach):
        async with database.writing(person.workspace_id) as session:
            ids = {"workspace_id": person.workspace_id, "member_id": person.member_id}
            await session.execute(SEED, ids)
    async with database.writing(coach.workspace_id) as session:
        # what autovacuum does in its time
        await session.execute(text("SELECT gin_clean_pending_list('contacts_search_idx')"))
        await session.execute(text("ANALYZE contacts"))
    return coach


async def plan_of(database: Database, coach: Person, url: str) -> dict[str, Any]:
    """The plan, as it was carried out, of the one statement behind a request."""
    with watch(database.engine) as sent:
        answer = await coach.http.get(url)
    assert answer.status_code == 200, answer.text
    ((statement, parameters),) = [each for each in sent if "FROM contacts" in each[0]]
    async with database.writing(coach.workspace_id) as session:
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
    coach = await seeded(make, database)
    some = (await coach.http.get("/v1/contacts?limit=50")).json()
    for path in HOT:
        ids = {"member_id": coach.member_id, "contact_id": some["data"][0]["id"]}
        plan = await plan_of(database, coach, path.format(**ids))
        shown = json.dumps(plan, indent=1)
        scans = {n["Node Type"] for n in nodes(plan) if n.get("Relation Name") == "contacts"}
        assert scans <= {"Index Scan"}, f"{path}: {shown}"
        assert not any("Sort" in n["Node Type"] for n in nodes(plan)), f"{path}: {shown}"
        assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 500, f"{path}: {shown}"


async def test_the_hundredth_page_is_as_cheap_as_the_first(make: Make, database: Database):
    coach = await seeded(make, database)
    for sort in ("-created_at", "name", "-last_active_at"):
        cursor = await cursor_in_the_middle(coach, sort)
        plan = await plan_of(database, coach, f"/v1/contacts?limit=50&sort={sort}&cursor={cursor}")
        read = [n for n in nodes(plan) if n.get("Relation Name") == "contacts"]
        assert [n["Actual Rows"] for n in read] == [51], json.dumps(plan, indent=1)
        assert not any("Sort" in n["Node Type"] for n in nodes(plan))


async def cursor_in_the_middle(coach: Person, sort: str) -> str:
    query: dict[str, str] = {"limit": "100", "sort": sort}
    for _ in range(8):
        page = (await coach.http.get("/v1/contacts", params=query)).json()
        query["cursor"] = page["next_cursor"]
    return query["cursor"]


@pytest.mark.parametrize(
    ("query", "index"),
    [("search=rare", "contacts_search_idx"), ("tag=rare", "contacts_tags_idx")],
)
async def test_looking_for_a_few_uses_their_index(
    settings: Settings, fresh_database: Database, query: str, index: str
):
    """Without row-level security, under which LIKE and @> may not go ahead of the policy."""
    coach = await seeded(Make(create_app(settings, database=fresh_database)), fresh_database)
    plan = await plan_of(fresh_database, coach, f"/v1/contacts?limit=50&{query}")
    used = {node.get("Index Name") for node in nodes(plan)}
    assert index in used, json.dumps(plan, indent=1)
