"""How PostgreSQL reads a coach's diary and the lists of appointments: along their indexes.

Row-level security is off, as in a default install.
"""

import json
from typing import Any

import pytest
from sqlalchemy import text

from tests.contracts.full_diaries import fill
from tests.contracts.test_query_plans import explained, generic, nodes
from tests.contracts.wired import Wired
from tests.features.appointments.offering import offer
from tests.make import Person
from tests.repositories.watching import watch

MEETINGS = 5000
BIG = {"appointments", "appointment_attendees"}
MOST_PAGES = 1500
"""Of 8 KiB, for the 2,160 appointments of ninety days; 5,000 fill some hundreds."""

QUARTER = "from=2189-03-01&to=2189-05-30"
QUESTIONS = [
    f"/v1/slots?appointment_type_id={{type_id}}&{QUARTER}",
    f"/v1/slots?appointment_type_id={{type_id}}&{QUARTER}&contact_id={{contact_id}}",
    "/v1/slots/explain?appointment_type_id={type_id}&starts_at=2189-03-01T09:00:00Z",
    "/v1/appointments?limit=50",
    "/v1/appointments?limit=50&sort=-starts_at&coach_id={coach_id}",
    "/v1/appointments?limit=50&starts_after=2189-03-01T00:00:00Z",
]


@pytest.fixture(scope="module")
async def busy_coach(wired: Wired) -> tuple[Person, dict[str, Any]]:
    """Three coaches of three practices with as many appointments; the last one is asked."""
    database = wired.make.runtime.database
    for _ in range(3):
        coach = await wired.make.coach()
        offered = await offer(coach, "00:00-24:00", time_zone="UTC", max_per_week=100)
        contact_id = await fill(database, coach, offered, MEETINGS)
    async with database.writing() as session:
        await session.execute(text("ANALYZE"))  # as autovacuum does in its time
    names = {"type_id": offered["id"], "contact_id": contact_id, "coach_id": coach.member_id}
    return coach, names


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_big_table_is_read_whole(
    wired: Wired, busy_coach: tuple[Person, dict[str, Any]], question: str
):
    coach, names = busy_coach
    engine = wired.make.runtime.database.engine
    with watch(engine) as sent:
        answer = await coach.http.get(question.format(**names))
    assert answer.status_code == 200, answer.text

    reads = [each for each in sent if "FROM appointments" in each[0]]
    assert len(reads) == 1
    async with engine.connect() as connection:
        plans = [await explained(connection, *reads[0]), await generic(connection, *reads[0])]
    for plan in plans:
        shown = json.dumps(plan, indent=1)
        whole = [node for node in nodes(plan) if node["Node Type"] == "Seq Scan"]
        assert not {node["Relation Name"] for node in whole} & BIG, shown
        assert plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0) < MOST_PAGES, (
            shown
        )
