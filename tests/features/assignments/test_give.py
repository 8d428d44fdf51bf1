"""Giving clients something to do: one or many, each their own."""

from uuid import uuid4

import pytest

from tests.features.assignments.tasks import TEAM, edit, give, given, pair, read, readers
from tests.make import Make
from tests.post_office import PostOffice


async def test_each_contact_gets_their_own_and_is_told(make: Make, post_office: PostOffice):
    coach, ada = await pair(make)
    bob = await make.client(workspace_id=coach.workspace_id)
    ids = [ada.contact_id, bob.contact_id, ada.contact_id]
    answer = await give(coach, ids, instructions="Be *brief*", due_at="2027-03-04T12:00:00+01:00")
    tasks = answer.json()["assignments"]
    assert [task["contact_id"] for task in tasks] == [str(ada.contact_id), str(bob.contact_id)]
    assert {task["instructions_html"] for task in tasks} == {"<p>Be <em>brief</em></p>"}
    assert {task["due_at"] for task in tasks} == {"2027-03-04T11:00:00Z"}
    assert (tasks[0]["status"], tasks[0]["late"]) == ("assigned", False)
    mail = await post_office.deliver()
    assert readers(mail, coach, ada, bob) == [ada, bob]
    assert (await read(ada, tasks[0])).json() == tasks[0]
    assert (await read(ada, tasks[1])).status_code == 404


async def test_a_key_is_asked_for_and_keeps_it_one(make: Make):
    coach, client = await pair(make)
    body = {"contact_ids": [str(client.contact_id)], "title": "Once"}
    assert (await coach.http.post(TEAM, json=body)).status_code == 400
    key = {"Idempotency-Key": uuid4().hex}
    answers = [await coach.http.post(TEAM, json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len((await coach.http.get(TEAM)).json()["data"]) == 1


async def test_with_one_stranger_among_them_nobody_gets_it(make: Make):
    coach, client = await pair(make)
    elsewhere = await make.contact(workspace_id=(await make.coach()).workspace_id)
    answer = await give(coach, [client.contact_id, elsewhere.id])
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["code"], error["pointer"]) == ("unknown_contact", "/contact_ids/1")
    assert (await coach.http.get(TEAM)).json()["data"] == []


@pytest.mark.parametrize("wrong", [{"title": ""}, {"due_at": "2027-03-04"}, {"hat": 1}])
async def test_what_can_not_be_kept_is_refused(make: Make, wrong: dict[str, object]):
    coach, client = await pair(make)
    assert (await give(coach, [client.contact_id], **wrong)).status_code == 422


async def test_of_two_editors_the_second_is_refused(make: Make):
    coach, client = await pair(make)
    task = await given(coach, client)
    tag = (await read(coach, task)).headers["ETag"]
    assert (await edit(coach, task, None, title="Two")).status_code == 428
    assert (await edit(coach, task, tag, title="Two")).status_code == 200
    assert (await edit(coach, task, tag, title="Three")).status_code == 412


async def test_it_is_for_somebody_and_for_a_hundred_at_most(make: Make):
    coach, client = await pair(make)
    for ids in ([], [client.contact_id] * 101):
        assert (await give(coach, ids)).status_code == 422
