"""What it costs to begin a program, in statements: no more for more clients and more things."""

from app.core.db import Database
from tests.features.files.uploads import uploaded
from tests.features.programs.content import ASSIGNMENTS, GOALS, bring
from tests.features.programs.enrolling import enroll
from tests.features.programs.offers import program
from tests.make import Make, Person
from tests.repositories.watching import watch


async def begun(database: Database, make: Make, coach: Person, *, people: int, times: int) -> int:
    """The statements that enrolling so many takes, in a program with so many things."""
    made = await program(coach, enrollment_mode="quick_start")
    file = await uploaded(coach)
    tasks = [{**one, "file_ids": [file["id"]]} for one in ASSIGNMENTS]
    await bring(coach, made, goals=GOALS * times, assignments=tasks * times)
    ids = [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(people)]
    await coach.http.get("/v1/programs")  # lets the doorkeeper know the caller
    with watch(database.engine) as seen:
        answer = await enroll(coach, made, *ids)
    assert answer.json()["enrolled"] == people
    return len(seen)


async def test_a_hundred_clients_begin_with_no_more_statements_than_one(
    database: Database, make: Make
):
    coach = await make.coach()
    few = await begun(database, make, coach, people=1, times=1)
    many = await begun(database, make, coach, people=100, times=1)
    more = await begun(database, make, coach, people=1, times=10)
    assert many == more == few


async def test_a_hundred_assignments_are_given_with_no_more_statements_than_one(
    database: Database, make: Make
):
    coach = await make.coach()
    file = await uploaded(coach)
    ids = [str((await make.contact(workspace_id=coach.workspace_id)).id) for _ in range(100)]
    sent = []
    for some in (ids[:1], ids):
        body = {"contact_ids": some, "title": "Read", "file_ids": [file["id"]]}
        await coach.http.get("/v1/assignments")
        with watch(database.engine) as seen:
            answer = await coach.http.post(
                "/v1/assignments", json=body, headers={"Idempotency-Key": str(len(some))}
            )
        assert len(answer.json()["assignments"]) == len(some)
        sent.append(len(seen))
    assert sent[0] == sent[1]
