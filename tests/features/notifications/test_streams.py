"""Following what happens: from where one left off, for as long as one may."""

from contextlib import ExitStack

import pytest

from app.core import streams
from tests.features.notes.writing import Pair, act, pair, write_by
from tests.features.notifications.reading import told
from tests.features.notifications.streaming import following
from tests.features.preferences.choosing import aim
from tests.make import Make
from tests.post_office import PostOffice

COACH, CLIENT = "/v1/events/stream", "/v1/portal/events/stream"


async def spoken(make: Make, post_office: PostOffice) -> Pair:
    """A client who was told of one goal."""
    people = await pair(make)
    await aim(people.coach, people, title="Before")
    await post_office.deliver()
    return people


async def test_a_client_hears_what_they_are_told_and_nothing_before(
    make: Make, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
):
    people = await spoken(make, post_office)
    other = await make.client(workspace_id=people.coach.workspace_id)
    async with following(make, monkeypatch, people.client, CLIENT) as heard:
        await aim(people.coach, people, title="Now")
        await write_by(people.coach, Pair(people.coach, other), title="Hers", share=True)
        await post_office.deliver()

    [event] = heard
    assert event["event"] == "notification"
    assert event["data"]["summary"] == "Now"
    assert event["id"] == "2"


async def test_whoever_comes_back_hears_what_they_missed(
    make: Make, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
):
    people = await spoken(make, post_office)
    for title in ("One", "Two"):
        await aim(people.coach, people, title=title)
    await post_office.deliver()
    everything = await told(people.client)

    async with following(make, monkeypatch, people.client, CLIENT, last="1") as heard:
        pass

    assert [event["data"] for event in heard] == everything[1::-1]


async def test_a_coach_hears_the_log_and_goes_on_in_it(
    make: Make, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
):
    people = await spoken(make, post_office)
    note = await write_by(people.coach, people, title="Mine")
    log = (await people.coach.http.get("/v1/events", params={"sort": "created_at"})).json()["data"]
    async with following(make, monkeypatch, people.coach, COACH, last=log[0]["id"]) as heard:
        await act(people.coach, note, "share")

    types = [event["event"] for event in heard]
    assert [event["data"] for event in heard][: len(log) - 1] == log[1:]
    assert types.count("note.shared") == 1


async def test_one_person_has_so_many_streams_and_no_more(make: Make):
    coach = await make.coach()
    with ExitStack() as seats:
        for _ in range(streams.MOST_STREAMS):
            seats.enter_context(make.runtime.streams.seat(coach.user_id))
        answer = await coach.http.get(COACH)
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_streams"


@pytest.mark.parametrize("last", ["x", "-1", "9" * 30])
async def test_a_place_nobody_was_at_is_refused(make: Make, last: str):
    people = await pair(make)
    for person, path in ((people.coach, COACH), (people.client, CLIENT)):
        answer = await person.http.get(path, headers={"Last-Event-ID": last})
        assert answer.status_code == 422


async def test_a_look_at_the_headers_ends(make: Make):
    people = await pair(make)
    for person, path in ((people.coach, COACH), (people.client, CLIENT)):
        answer = await person.http.head(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
