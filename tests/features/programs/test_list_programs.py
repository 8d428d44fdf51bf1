"""The practice's programs, page by page."""

from app.core.db import Database
from tests.features.programs.offers import program, program_with_sessions
from tests.make import Make
from tests.repositories.watching import watch


async def test_newest_first_page_by_page(make: Make):
    coach = await make.coach()
    made = [(await program(coach, name=f"Program {n}"))["id"] for n in range(5)]
    found: list[str] = []
    cursor = ""

    for _ in range(3):
        page = (await coach.http.get(f"/v1/programs?limit=2{cursor}")).json()
        found += [one["id"] for one in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert found == made[::-1]
    assert page["has_more"] is False


async def test_only_those_of_one_status(make: Make):
    coach = await make.coach()
    await program(coach)
    draft = await program(coach, status="draft")

    page = (await coach.http.get("/v1/programs?status=draft")).json()

    assert [one["id"] for one in page["data"]] == [draft["id"]]


async def test_another_practice_s_programs_are_not_there(make: Make):
    coach, other = await make.coach(), await make.coach()
    await program(other)

    assert (await coach.http.get("/v1/programs")).json()["data"] == []


async def test_a_list_costs_one_statement_however_long(make: Make, database: Database):
    coach = await make.coach()
    counts = []
    for _ in range(2):
        await program_with_sessions(coach)
        await coach.http.get("/v1/programs")
        with watch(database.engine) as sent:
            await coach.http.get("/v1/programs?limit=100")
        counts.append(len(sent))

    assert counts == [1, 1]
