"""Who is enrolled in what, page by page."""

import pytest

from app.core.db import Database
from tests.features.programs.enrolling import enroll, enrolled
from tests.features.programs.offers import program, program_with_sessions
from tests.make import Make
from tests.repositories.watching import watch


async def test_newest_first_page_by_page(make: Make):
    coach = await make.coach()
    made = await program(coach)
    ids = [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(5)]
    own = [(await enrolled(coach, made, one))["id"] for one in ids]
    found: list[str] = []
    cursor = ""

    for _ in range(3):
        page = (await coach.http.get(f"/v1/enrollments?limit=2{cursor}")).json()
        found += [one["id"] for one in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert found == own[::-1]
    assert page["has_more"] is False


async def test_by_program_by_contact_by_status(make: Make):
    coach = await make.coach()
    slow = await program(coach)
    quick = await program(coach, enrollment_mode="quick_start")
    ada = await make.client(workspace_id=coach.workspace_id)
    bob = await make.client(workspace_id=coach.workspace_id)
    invited = await enrolled(coach, slow, ada.contact_id)
    active = await enrolled(coach, quick, ada.contact_id)
    other = await enrolled(coach, quick, bob.contact_id)

    async def found(query: str) -> list[str]:
        page = (await coach.http.get(f"/v1/enrollments?{query}")).json()
        return [one["id"] for one in page["data"]]

    assert await found(f"program_id={quick['id']}") == [other["id"], active["id"]]
    assert await found(f"contact_id={ada.contact_id}") == [active["id"], invited["id"]]
    assert await found("status=invited") == [invited["id"]]
    assert await found(f"contact_id={bob.contact_id}&status=invited") == []


async def test_another_practice_s_enrollments_are_not_there(make: Make):
    coach, other = await make.coach(), await make.coach()
    contact = await make.contact(workspace_id=other.workspace_id)
    theirs = await enrolled(other, await program(other), contact.id)

    page = (await coach.http.get(f"/v1/enrollments?contact_id={contact.id}")).json()

    assert page["data"] == []
    assert (await coach.http.get(f"/v1/enrollments/{theirs['id']}")).status_code == 404


@pytest.mark.parametrize("query", ["status=gone", "program_id=x", "limit=0", "cursor=x", "q=1"])
async def test_asked_for_wrongly(make: Make, query: str):
    coach = await make.coach()

    assert (await coach.http.get(f"/v1/enrollments?{query}")).status_code == 422


async def test_a_list_costs_two_statements_however_long(make: Make, database: Database):
    coach = await make.coach()
    made = await program_with_sessions(
        coach, 8, enrollment_mode="quick_start", self_scheduling_enabled=True
    )
    counts = []
    for count in (1, 9):
        ids = [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(count)]
        await enroll(coach, made, *ids)
        await coach.http.get("/v1/enrollments?limit=1")
        with watch(database.engine) as sent:
            page = await coach.http.get("/v1/enrollments?limit=100")
        counts.append(len(sent))

    assert len(page.json()["data"]) == 10
    assert counts == [2, 2]


@pytest.mark.parametrize("mode", ["sign_up", "quick_start"])
async def test_enrolling_a_hundred_costs_no_more_statements_than_two(
    make: Make, database: Database, mode: str
):
    coach = await make.coach()
    made = await program_with_sessions(coach, 8, enrollment_mode=mode)
    counts = []
    for count in (2, 100):
        ids = [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(count)]
        with watch(database.engine) as sent:
            answer = await enroll(coach, made, *ids)
        assert answer.json()["enrolled"] == count
        counts.append(len(sent))

    assert counts[0] == counts[1]
