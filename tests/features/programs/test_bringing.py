"""Each new enrollment gets what its program brings along, once, when it begins."""

from datetime import UTC, datetime
from uuid import UUID

import time_machine

from app.workflows.program_content import bring_along
from tests.features.assignments.tasks import act, edit
from tests.features.files.uploads import listed, uploaded
from tests.features.programs.content import bring, full_program, had
from tests.features.programs.enrolling import enrolled, events
from tests.features.programs.offers import program
from tests.make import Make

AT = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)


async def test_goals_and_assignments_as_they_were_written(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await full_program(coach)
    enrollment = await enrolled(coach, made, client.contact_id)
    speak, sleep = await had(client, "goals")
    assert (speak["title"], speak["enrollment_id"]) == ("Speak up", enrollment["id"])
    assert speak["description_html"] == "<p>In <em>every</em> meeting</p>"
    assert speak["target"] == {"start": 0, "target": 12, "unit": "meetings"}
    assert [step["title"] for step in speak["milestones"]] == ["Once", "Twice"]
    assert speak["author"] == {"side": "member", "member_id": None, "name": None}
    assert (sleep["due_on"], sleep["milestones"]) == (None, [])
    moments, week = await had(client, "assignments")
    assert (moments["title"], week["title"]) == ("Three moments", "Your week")
    assert moments["instructions_html"] == "<p><em>Short</em> ones</p>"
    assert (moments["enrollment_id"], moments["status"]) == (enrollment["id"], "assigned")
    assert await had(coach, "assignments", enrollment_id=enrollment["id"]) == [moments, week]


@time_machine.travel(AT, tick=False)
async def test_days_are_counted_where_the_client_lives(make: Make):
    coach = await make.coach()
    made = await full_program(coach)
    days = []
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        contact = await make.contact(workspace_id=coach.workspace_id, time_zone=zone)
        await enrolled(coach, made, contact.id)
        goal, _ = await had(coach, "goals", contact_id=str(contact.id))
        task, _ = await had(coach, "assignments", contact_id=str(contact.id))
        days.append((goal["due_on"], goal["milestones"][0]["due_on"], task["due_at"]))
    assert days == [
        ("2027-05-25", "2027-03-09", "2027-03-09T10:59:00Z"),  # March 2 had begun there
        ("2027-05-24", "2027-03-08", "2027-03-09T07:59:00Z"),
    ]


async def test_nothing_before_it_begins_and_nothing_for_whoever_declines(make: Make):
    coach = await make.coach()
    yes = await make.client(workspace_id=coach.workspace_id)
    no = await make.client(workspace_id=coach.workspace_id)
    made = await full_program(coach, mode="sign_up")
    invited = [await enrolled(coach, made, one.contact_id) for one in (yes, no)]
    assert await had(coach, "goals") == await had(coach, "assignments") == []
    await yes.http.post(f"/v1/portal/enrollments/{invited[0]['id']}/accept")
    await no.http.post(f"/v1/portal/enrollments/{invited[1]['id']}/decline")
    assert len(await had(yes, "goals")) == len(await had(yes, "assignments")) == 2
    assert await had(no, "goals") == await had(no, "assignments") == []


async def test_the_coach_may_begin_it(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await full_program(coach, mode="sign_up"), client.contact_id)
    url = f"/v1/enrollments/{enrollment['id']}"
    for verb in ("activate", "pause", "resume"):
        assert (await coach.http.post(f"{url}/{verb}")).status_code == 200
    assert len(await had(client, "goals")) == len(await had(client, "assignments")) == 2


async def test_asking_again_brings_nothing_more(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await full_program(coach)
    enrollment = await enrolled(coach, made, client.contact_id)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        scope = (session, coach.workspace_id, UUID(made["id"]))
        brought = await bring_along(*scope, [UUID(enrollment["id"])], at=AT)
    assert brought[UUID(enrollment["id"])].goals == []
    assert len(await had(client, "goals")) == len(await had(client, "assignments")) == 2
    assert len(await events(make, coach, "goal.created")) == 2


async def test_a_second_time_through_is_a_new_beginning(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await full_program(coach)
    first = await enrolled(coach, made, client.contact_id)
    await coach.http.post(f"/v1/enrollments/{first['id']}/complete")
    await enrolled(coach, made, client.contact_id)
    assert len(await had(client, "goals")) == len(await had(client, "assignments")) == 4


async def test_changed_templates_are_for_those_to_come(make: Make):
    coach = await make.coach()
    early = await make.client(workspace_id=coach.workspace_id)
    late = await make.client(workspace_id=coach.workspace_id)
    made = await full_program(coach)
    await enrolled(coach, made, early.contact_id)
    before = await had(early, "goals"), await had(early, "assignments")
    await bring(coach, made, goals=[{"title": "Else"}], assignments=[])
    await enrolled(coach, made, late.contact_id)
    assert (await had(early, "goals"), await had(early, "assignments")) == before
    assert [goal["title"] for goal in await had(late, "goals")] == ["Else"]
    assert await had(late, "assignments") == []


async def test_an_assignments_files_come_with_it(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made, file = await program(coach, enrollment_mode="quick_start"), await uploaded(coach)
    await bring(coach, made, goals=[], assignments=[{"title": "Do", "file_ids": [file["id"]]}])
    assert await listed(client) == []
    await enrolled(coach, made, client.contact_id)
    [task] = await had(client, "assignments")
    assert [one["name"] for one in task["attachments"]] == ["plan.pdf"]
    assert await listed(client) == ["plan.pdf"]


async def test_they_are_the_clients_own_from_then_on(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    await enrolled(coach, await full_program(coach), client.contact_id)
    goal, task = (await had(client, "goals"))[0], (await had(client, "assignments"))[0]
    assert (await edit(coach, task, title="Four moments")).status_code == 200
    assert (await act(client, task, "submissions", text="Here")).status_code == 201
    done = await client.http.post(f"/v1/portal/goals/{goal['id']}/complete")
    assert done.json()["status"] == "achieved"


async def test_progress_counts_what_is_done(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await full_program(coach), client.contact_id)
    assert enrollment["progress"]["goals"] == {"done": 0, "total": 2}
    goals, tasks = await had(client, "goals"), await had(client, "assignments")
    await coach.http.post(f"/v1/goals/{goals[0]['id']}/complete")
    await coach.http.post(f"/v1/goals/{goals[1]['id']}/abandon")
    await act(coach, tasks[0], "complete")
    for person, base in ((coach, "/v1"), (client, "/v1/portal")):
        url = f"{base}/enrollments/{enrollment['id']}"
        progress = (await person.http.get(url)).json()["progress"]
        assert progress["goals"] == {"done": 1, "total": 1}
        assert progress["assignments"] == {"done": 1, "total": 2}
    await act(coach, tasks[1], "cancel")
    listed_ = (await coach.http.get("/v1/enrollments")).json()["data"]
    assert listed_[0]["progress"]["assignments"] == {"done": 1, "total": 1}


async def test_a_program_without_them_counts_none(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")
    progress = (await enrolled(coach, made, client.contact_id))["progress"]
    assert (progress["goals"], progress["assignments"]) == (None, None)


async def test_a_single_assignment_may_count_for_an_enrollment(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    other = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")
    enrollment = await enrolled(coach, made, client.contact_id)
    body = {"title": "One more", "enrollment_id": enrollment["id"]}
    for ids, status in (
        ([client.contact_id], 201),
        ([other.contact_id], 422),
        ([client.contact_id, other.contact_id], 422),
    ):
        answer = await coach.http.post(
            "/v1/assignments",
            json={**body, "contact_ids": [str(one) for one in ids]},
            headers={"Idempotency-Key": str(ids)},
        )
        assert answer.status_code == status
    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    assert kept["progress"]["assignments"] == {"done": 0, "total": 1}
