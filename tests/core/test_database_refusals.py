from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from structlog.testing import capture_logs

from app.core.database_errors import CONSTRAINT, refusal_of, violated_constraint
from app.core.db import Database
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

TEAS = """
CREATE TABLE teas (
  id int CONSTRAINT teas_pkey PRIMARY KEY,
  name text NOT NULL,
  cups int CONSTRAINT teas_cups_check CHECK (cups < 10)
)
"""
POTS = """
CREATE TABLE pots (
  id int PRIMARY KEY,
  tea_id int NOT NULL CONSTRAINT pots_tea_id_fkey REFERENCES teas
)
"""


@pytest.fixture
async def http(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with database.writing() as session:
        for statement in (TEAS, POTS, "INSERT INTO teas VALUES (1, 'oolong', 1)"):
            await session.execute(text(statement))
    router = api_router("/v1/things", "things")

    @router.post("")
    async def run(statement: str) -> None:
        async with database.writing() as session:
            await session.execute(text(statement))

    async with client_of(small_app(router)) as client:
        yield client


@pytest.mark.parametrize(
    ("statement", "status", "code"),
    [
        ("INSERT INTO teas VALUES (1, 'again', 1)", 409, "already_exists"),
        ("INSERT INTO pots VALUES (1, 7)", 422, "unknown_reference"),
        ("INSERT INTO teas VALUES (2, 'green', 99)", 422, "invalid_value"),
        ("INSERT INTO teas VALUES (2, NULL, 1)", 422, "invalid_value"),
        ("INSERT INTO teas VALUES (99999999999, 'green', 1)", 422, "invalid_value"),
        ("SELECT 'x'::uuid", 422, "invalid_value"),
        ("SELECT '2026-02-30'::date", 422, "invalid_value"),
        ("SELECT 1/0", 422, "invalid_value"),
        ("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", 409, "concurrent_update"),
        ("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", 409, "concurrent_update"),
        ("DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$", 409, "concurrent_update"),
        ("DO $$ BEGIN RAISE SQLSTATE '53300'; END $$", 503, "service_unavailable"),
        ("DO $$ BEGIN RAISE SQLSTATE '57014'; END $$", 503, "service_unavailable"),
        ("DO $$ BEGIN RAISE SQLSTATE '25006'; END $$", 503, "service_unavailable"),
        ("SELECT nonsense", 500, "internal_error"),
    ],
)
async def test_refusals_of_the_database_have_names(
    http: httpx.AsyncClient, statement: str, status: int, code: str
) -> None:
    answer = await http.post("/v1/things", params={"statement": statement})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "teas" not in answer.text
    if status == 503:
        assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "value", [2**63, 10**4000, datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))]
)
async def test_values_the_driver_can_not_send_are_no_fault_of_ours(
    database: Database, value: object
) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with database.writing() as session:
            await session.execute(select(literal(value)))

    assert refusal_of(refused.value).code == "invalid_value"


async def test_what_was_sent_is_not_logged(database: Database) -> None:
    with pytest.raises(DBAPIError) as refused:
        async with database.writing() as session:
            await session.execute(text("SELECT cast(:value AS uuid)"), {"value": "hunter2"})

    with capture_logs() as lines:
        refusal_of(refused.value)

    assert [line["event"] for line in lines] == ["value passed validation"]
    assert "hunter2" not in str(lines)


async def test_a_service_learns_which_constraint_was_violated(
    http: httpx.AsyncClient, database: Database
) -> None:
    assert http
    with pytest.raises(IntegrityError) as refused:
        async with database.writing() as session:
            await session.execute(text("INSERT INTO pots VALUES (1, 7)"))

    assert violated_constraint(refused.value) == "pots_tea_id_fkey"


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ('duplicate key value violates unique constraint "teas_pkey"', "teas_pkey"),
        ('duplicate key value violates unique constraint "teas_pkey_102027"', "teas_pkey"),
        ('violates foreign key constraint "pots_tea_id_fkey_1020301"', "pots_tea_id_fkey"),
        ('violates check constraint "teas_2024_check"', "teas_2024_check"),
    ],
)
def test_shard_numbers_are_no_part_of_a_constraints_name(message: str, name: str) -> None:
    match = CONSTRAINT.search(message)

    assert match
    assert match.group(1) == name
