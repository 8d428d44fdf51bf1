"""What both sides say about a goal."""

from datetime import timedelta

import pytest
import time_machine

from app.core.clock import now
from tests.features.goals.aiming import act, aim, base, pair, read
from tests.make import Make
from tests.post_office import PostOffice


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_the_other_side_reads_it_and_is_told(make: Make, post_office: PostOffice, side: str):
    people = await pair(make)
    speaker = getattr(people, side)
    other = people.other(speaker)
    goal = await aim(people.coach, people)
    await post_office.deliver()
    assert (await act(speaker, goal, "comments", {"body": "Well *done*"})).status_code == 201
    heard = (await other.http.get(f"{base(other)}/{goal['id']}/comments")).json()["data"]
    assert [comment["body"] for comment in heard] == ["Well *done*"]
    assert (await read(other, goal)).json()["comment_count"] == 1


async def test_another_client_neither_reads_nor_speaks(make: Make, post_office: PostOffice):
    people = await pair(make)
    stranger = await make.client(workspace_id=people.coach.workspace_id)
    goal = await aim(people.coach, people)
    await post_office.deliver()
    answer = await stranger.http.get(f"/v1/portal/goals/{goal['id']}/comments")
    assert answer.status_code == 404
    assert (await act(stranger, goal, "comments", {"body": "Hm"})).status_code == 404


async def test_the_mail_leads_to_the_goal(make: Make, post_office: PostOffice):
    people = await pair(make)
    goal = await aim(people.coach, people)
    await post_office.deliver()
    await act(people.coach, goal, "comments", {"body": "Well done"})
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        message = await post_office.deliver_to(people.client.email)
    body = message.get_body(("plain",))
    assert body
    assert f"/goals/{goal['id']}" in body.get_content()
