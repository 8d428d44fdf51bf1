"""Digests, wishes and read states while letters keep coming: each is told, and once."""

import asyncio
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from fastapi import FastAPI

from app.features.preferences import timing
from tests.features.notes.writing import Pair, pair, text_of
from tests.features.notifications.reading import base, read_all, told, unread
from tests.features.preferences.choosing import PREFERENCES, aim, choose, preferences
from tests.make import Make
from tests.post_office import PostOffice

TITLES = [f"goal-{number:02d}" for number in range(30)]


async def aim_at_all(people: Pair, done: asyncio.Event) -> None:
    for some in range(0, len(TITLES), 5):
        goals = (aim(people.coach, people, title=title) for title in TITLES[some : some + 5])
        await asyncio.gather(*goals)
    done.set()


async def deliver_until(done: asyncio.Event, office: PostOffice) -> list[str]:
    texts = []
    while not done.is_set():
        texts += [text_of(message) for message in await office.deliver()]
        await asyncio.sleep(0)
    return texts


@pytest.fixture
def digests_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A digest is due as soon as there is something to tell."""

    def soon(after: datetime, **_: Any) -> datetime:
        return after

    monkeypatch.setattr(timing, "next_digest", soon)


@pytest.mark.usefixtures("digests_at_once")
async def test_of_two_dispatchers_one_digest_has_each_line(crowd: Make, racing_app: FastAPI):
    people = await pair(crowd)
    await choose(people.client, goal__created="daily_digest")
    offices = [PostOffice(racing_app.state.runtime) for _ in range(2)]
    done = asyncio.Event()

    _, ours, theirs = await asyncio.gather(
        aim_at_all(people, done),
        deliver_until(done, offices[0]),
        deliver_until(done, offices[1]),
    )

    rest = [text_of(message) for message in await offices[0].deliver()]
    texts = [*ours, *theirs, *rest]
    lines = Counter(title for text in texts for title in TITLES if title in text)
    assert lines == Counter(TITLES)
    assert await unread(people.client) == len(TITLES)


async def test_nothing_is_read_that_was_not_seen(crowd: Make, racing_app: FastAPI):
    people = await pair(crowd)
    offices = [PostOffice(racing_app.state.runtime) for _ in range(2)]
    done, seen = asyncio.Event(), set[str]()

    async def keep_reading() -> None:
        while not done.is_set():
            page = await told(people.client, limit=100)
            seen.update(one["id"] for one in page)
            if page:
                await read_all(people.client, page[0]["id"])

    await asyncio.gather(
        aim_at_all(people, done),
        deliver_until(done, offices[0]),
        deliver_until(done, offices[1]),
        keep_reading(),
    )
    await offices[0].deliver()

    everything = await told(people.client, limit=100)
    assert len(everything) == len(TITLES)
    assert {one["id"] for one in everything if one["read_at"]} <= seen
    assert await unread(people.client) == sum(not one["read_at"] for one in everything)


async def test_clicks_and_choices_at_once_all_hold(crowd: Make, racing_app: FastAPI):
    people = await pair(crowd)
    await aim(people.coach, people)
    office = PostOffice(racing_app.state.runtime)
    message = await office.deliver_to(people.client.email)
    path = str(message["list-unsubscribe"]).strip("<>").removeprefix("http://127.0.0.1:8000")
    others = ("note.shared", "comment.created", "file.shared", "enrollment.paused")

    async with crowd.anonymous() as program:
        clicks = [program.post(path, data={"List-Unsubscribe": "One-Click"}) for _ in range(10)]
        choices = [
            people.client.http.patch(PREFERENCES, json={"choices": {name: "daily_digest"}})
            for name in others
        ]
        answers = await asyncio.gather(*clicks, *choices)

    assert {answer.status_code for answer in answers} == {200}
    kept = {name: one["choice"] for name, one in (await preferences(people.client)).items()}
    assert {kept[name] for name in others} == {"daily_digest"}
    assert kept["goal.created"] == kept["goal.completed"] == "off"
    async with crowd.anonymous() as program:
        await program.post(f"{path}/undo")
    kept = {name: one["choice"] for name, one in (await preferences(people.client)).items()}
    assert kept["goal.created"] == "immediate"
    assert {kept[name] for name in others} == {"daily_digest"}


async def test_marking_twenty_times_is_marking_once(crowd: Make, racing_app: FastAPI):
    people = await pair(crowd)
    await aim(people.coach, people)
    await PostOffice(racing_app.state.runtime).deliver()
    [notice] = await told(people.client)
    path = f"{base(people.client)}/{notice['id']}/read"

    answers = await asyncio.gather(*(people.client.http.post(path) for _ in range(20)))

    assert len({answer.json()["read_at"] for answer in answers}) == 1
    assert await unread(people.client) == 0
