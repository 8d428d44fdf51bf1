"""However an enrollment comes to begin, and how often at once: its program brings things once."""

import asyncio

from tests.features.programs.content import bring, full_program, had
from tests.features.programs.enrolling import enroll, enrolled, events
from tests.make import Make


async def test_of_twenty_acceptances_one_brings_it_along(crowd: Make):
    coach = await crowd.coach()
    client = await crowd.client(workspace_id=coach.workspace_id)
    made = await full_program(coach, mode="sign_up")
    enrollment = await enrolled(coach, made, client.contact_id)
    url = f"/v1/portal/enrollments/{enrollment['id']}/accept"

    await asyncio.gather(*(client.http.post(url) for _ in range(20)))

    assert len(await had(client, "goals")) == len(await had(client, "assignments")) == 2
    assert len(await events(crowd, coach, "goal.created")) == 2
    assert len(await events(crowd, coach, "assignment.assigned")) == 2


async def test_the_coach_begins_it_while_the_client_accepts(crowd: Make):
    coach = await crowd.coach()
    made = await full_program(coach, mode="sign_up")
    for _ in range(5):
        client = await crowd.client(workspace_id=coach.workspace_id)
        enrollment = await enrolled(coach, made, client.contact_id)
        await asyncio.gather(
            coach.http.post(f"/v1/enrollments/{enrollment['id']}/activate"),
            client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept"),
        )
        assert len(await had(client, "goals")) == len(await had(client, "assignments")) == 2


async def test_racing_coaches_bring_it_to_each_contact_once(crowd: Make):
    coach = await crowd.coach()
    made = await full_program(coach)
    ids = [(await crowd.contact(workspace_id=coach.workspace_id)).id for _ in range(20)]

    answers = await asyncio.gather(*(enroll(coach, made, *ids) for _ in range(5)))

    assert {answer.status_code for answer in answers} == {201}
    assert len(await events(crowd, coach, "assignment.assigned")) == 40
    for contact_id in ids:
        assert len(await had(coach, "goals", contact_id=str(contact_id))) == 2


async def test_templates_change_while_clients_begin(crowd: Make):
    coach = await crowd.coach()
    made = await full_program(coach)
    ids = [(await crowd.contact(workspace_id=coach.workspace_id)).id for _ in range(8)]

    await asyncio.gather(
        *(enroll(coach, made, one) for one in ids),
        *(bring(coach, made, goals=[{"title": str(n)}]) for n in range(8)),
    )

    for contact_id in ids:
        goals = await had(coach, "goals", contact_id=str(contact_id))
        assert len(goals) in {1, 2}  # the old ones or the new one, never a mixture
        assert len(await had(coach, "assignments", contact_id=str(contact_id))) == 2
