"""The catalog proves the rules that can't be added later (docs/adr: tenant-first keys)."""

from typing import Any

import pytest
from sqlalchemy import Row, text

from app.core.db import Database
from app.models import GLOBAL_TABLES, LOCAL_TABLES
from app.models.policies import tenant_tables

LONGEST_NAME = 54
"""Citus appends a shard's number to names, and PostgreSQL cuts at 63."""

KEYS = text("""
SELECT c.relname, con.conname, con.contype::text,
  (SELECT array_agg(a.attname ORDER BY k.n)
   FROM unnest(con.conkey) WITH ORDINALITY AS k(attnum, n)
   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum) AS columns,
  con.confdeltype::text, coalesce(f.relname, '') AS target
FROM pg_constraint con
JOIN pg_class c ON c.oid = con.conrelid
LEFT JOIN pg_class f ON f.oid = con.confrelid
WHERE c.relnamespace = 'public'::regnamespace AND con.contype IN ('p', 'u', 'x', 'f')
""")

UNIQUE_INDEXES = text("""
SELECT t.relname, i.relname AS index,
  (SELECT array_agg(a.attname ORDER BY k.n)
   FROM unnest(x.indkey) WITH ORDINALITY AS k(attnum, n)
   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) AS columns
FROM pg_index x
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE t.relnamespace = 'public'::regnamespace AND x.indisunique
""")


Keys = list[Row[*tuple[Any, ...]]]


@pytest.fixture
async def keys(fresh_database: Database) -> Keys:
    """The keys of the tenants' tables."""
    async with fresh_database.reading() as session:
        rows = (await session.execute(KEYS)).all()
    return [row for row in rows if row.relname in set(tenant_tables())]


async def test_every_table_is_either_a_tenants_or_on_the_short_lists(fresh_database: Database):
    async with fresh_database.reading() as session:
        tables = set(
            await session.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            )
        )

    assert tables - {"alembic_version"} == set(tenant_tables()) | GLOBAL_TABLES | LOCAL_TABLES


async def test_primary_keys_start_with_the_workspace(keys: Keys):
    primary = {row.relname: row.columns for row in keys if row.contype == "p"}

    assert set(primary) == set(tenant_tables())
    assert {columns[0] for columns in primary.values()} == {"workspace_id"}


async def test_unique_and_exclusion_constraints_carry_the_workspace(keys: Keys):
    without = [
        row.conname for row in keys if row.contype in "ux" and "workspace_id" not in row.columns
    ]

    assert without == []


async def test_unique_indexes_carry_the_workspace(fresh_database: Database):
    async with fresh_database.reading() as session:
        rows = (await session.execute(UNIQUE_INDEXES)).all()
    tenants = set(tenant_tables())
    without = [r.index for r in rows if r.relname in tenants and "workspace_id" not in r.columns]

    assert without == []


async def test_foreign_keys_between_tenant_tables_carry_the_workspace(keys: Keys):
    without = [
        row.conname
        for row in keys
        if row.contype == "f"
        and row.target not in GLOBAL_TABLES
        and "workspace_id" not in row.columns
    ]

    assert without == []


async def test_foreign_keys_cascade_or_restrict(keys: Keys):
    others = [row.conname for row in keys if row.contype == "f" and row.confdeltype not in "acr"]

    assert others == []


async def test_no_global_table_refers_to_a_tenants(fresh_database: Database):
    async with fresh_database.reading() as session:
        rows = (await session.execute(KEYS)).all()
    outside = GLOBAL_TABLES | LOCAL_TABLES
    crossing = [
        row.conname
        for row in rows
        if row.contype == "f" and row.relname in outside and row.target not in outside
    ]

    assert crossing == []


async def test_no_triggers_and_no_enum_or_citext_columns(fresh_database: Database):
    async with fresh_database.reading() as session:
        triggers = list(
            await session.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
        )
        columns = list(
            await session.scalars(
                text("""
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public'
                  AND (udt_name = 'citext' OR udt_name IN (
                    SELECT typname FROM pg_type WHERE typtype = 'e'))
                """)
            )
        )

    assert triggers == []
    assert columns == []


async def test_names_leave_room_for_a_shards_number(fresh_database: Database):
    async with fresh_database.reading() as session:
        names = set(
            await session.scalars(
                text("""
                SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                UNION SELECT conname FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace
                """)
            )
        )

    assert {name for name in names if len(name) > LONGEST_NAME} == set()


async def test_every_tenant_table_has_its_policy(fresh_database: Database):
    async with fresh_database.reading() as session:
        guarded = set(await session.scalars(text("SELECT tablename FROM pg_policies")))

    assert guarded == set(tenant_tables())
