"""A program is published, archived, copied, deleted."""

import pytest
from sqlalchemy import func, select

from app.models import Event
from tests.features.programs.offers import program, program_with_sessions
from tests.make import Make, Person


async def events(make: Make, coach: Person, kind: str) -> int:
    async with make.runtime.database.reading(coach.workspace_id) as session:
        count = await session.scalar(
            select(func.count()).select_from(Event).where(Event.type == kind)
        )
    return count or 0


@pytest.mark.parametrize(("verb", "status"), [("publish", "published"), ("archive", "archived")])
async def test_a_verb_changes_the_status_once(make: Make, verb: str, status: str):
    coach = await make.coach()
    made = await program(coach, status="draft")

    for _ in range(2):
        answer = await coach.http.post(f"/v1/programs/{made['id']}/{verb}")
        assert answer.json()["status"] == status

    assert await events(make, coach, f"program.{status}") == 1


async def test_an_archived_program_can_be_published_again(make: Make):
    coach = await make.coach()
    made = await program(coach)
    await coach.http.post(f"/v1/programs/{made['id']}/archive")

    answer = await coach.http.post(f"/v1/programs/{made['id']}/publish")

    assert answer.json()["status"] == "published"


async def test_a_copy_is_a_draft_with_the_same_offer(make: Make):
    coach = await make.coach()
    made = await program_with_sessions(coach, 8, description="*yes*", self_scheduling_enabled=True)

    answer = await coach.http.post(f"/v1/programs/{made['id']}/duplicate")

    assert answer.status_code == 201, answer.text
    copy = answer.json()
    assert copy["name"] == "Copy of Find your voice"
    assert copy["status"] == "draft"
    assert copy["slug"] == "copy-of-find-your-voice"
    own = {"id", "name", "slug", "status", "version", "created_at", "updated_at"}
    assert {name: copy[name] for name in copy.keys() - own} == {
        name: made[name] for name in made.keys() - own
    }


async def test_a_copy_may_be_given_its_name(make: Make):
    coach = await make.coach()
    made = await program(coach, name="N" * 150)

    plain = await coach.http.post(f"/v1/programs/{made['id']}/duplicate")
    named = await coach.http.post(f"/v1/programs/{made['id']}/duplicate", json={"name": "Twin"})

    assert len(plain.json()["name"]) == 150
    assert named.json()["name"] == "Twin"


async def test_a_program_without_enrollments_can_be_deleted(make: Make):
    coach = await make.coach()
    made = await program_with_sessions(coach)

    assert (await coach.http.delete(f"/v1/programs/{made['id']}")).status_code == 204
    assert (await coach.http.get(f"/v1/programs/{made['id']}")).status_code == 404
    assert await events(make, coach, "program.deleted") == 1


async def test_an_assistant_may_not_delete(make: Make):
    coach = await make.coach()
    made = await program(coach)
    assistant = await make.coach(role="assistant", workspace_id=coach.workspace_id)

    answer = await assistant.http.delete(f"/v1/programs/{made['id']}")

    assert answer.status_code == 403
    assert answer.json()["code"] == "missing_permission"
