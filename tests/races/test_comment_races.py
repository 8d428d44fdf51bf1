"""Comments written while mails about comments are on their way: each is told, and once."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.features.comments import emails, mailing
from tests.features.comments.speaking import heard, say, shared_note
from tests.features.notes.writing import Pair, act, pair, read, text_of
from tests.make import Make
from tests.post_office import PostOffice

SAID = [f"thought-{number:02d}" for number in range(30)]


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No comment waits for another before it is mailed, and a mail shows all it tells of."""
    monkeypatch.setattr(mailing, "PATIENCE", timedelta(0))
    monkeypatch.setattr(emails, "MOST_SHOWN", len(SAID))


async def say_all(people: Pair, note: dict[str, object], done: asyncio.Event) -> None:
    for some in range(0, len(SAID), 5):
        await asyncio.gather(*(say(people.client, note, one) for one in SAID[some : some + 5]))
    done.set()


async def deliver_until(done: asyncio.Event, office: PostOffice) -> list[str]:
    mails = []
    while not done.is_set():
        mails += await office.deliver()
        await asyncio.sleep(0)
    return [text_of(mail) for mail in mails]


@pytest.mark.usefixtures("in_a_hurry")
async def test_of_two_dispatchers_one_tells_each(crowd: Make, racing_app: FastAPI):
    people = await pair(crowd)
    note = await shared_note(people)
    offices = [PostOffice(racing_app.state.runtime) for _ in range(2)]
    await offices[0].deliver()
    done = asyncio.Event()

    _, ours, theirs = await asyncio.gather(
        say_all(people, note, done),
        deliver_until(done, offices[0]),
        deliver_until(done, offices[1]),
    )

    rest = [text_of(mail) for mail in await offices[0].deliver()]
    told = Counter(one for text in [*ours, *theirs, *rest] for one in SAID if one in text)
    assert told == Counter(SAID)
    assert {comment["body"] for comment in await heard(people.coach, note, limit=100)} == set(SAID)


async def test_sharing_and_taking_back_at_once_end_as_one_of_the_two(
    crowd: Make, racing_app: FastAPI
):
    people = await pair(crowd)
    note = await shared_note(people)
    office = PostOffice(racing_app.state.runtime)

    toggles = (act(people.coach, note, verb) for verb in ("unshare", "share") * 10)
    answers, _ = await asyncio.gather(asyncio.gather(*toggles), office.deliver())

    assert {answer.status_code for answer in answers} == {200}
    is_shared = bool((await read(people.coach, note)).json()["shared_at"])
    assert (await read(people.client, note)).status_code == (200 if is_shared else 404)
    told = (await people.coach.http.get("/v1/events", params={"limit": 100})).json()["data"]
    kinds = [event["type"] for event in told]
    assert kinds.count("note.shared") - kinds.count("note.unshared") == is_shared
