"""From handing in to being content: versions stay, and each step has one outcome."""

import asyncio

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.assignments.tasks import PORTAL, TEAM, act, given, pair, read, readers
from tests.make import Make
from tests.post_office import PostOffice


async def test_it_goes_back_and_forth_and_every_version_stays(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    task = await given(coach, client)
    await post_office.deliver()
    first = await act(client, task, "submissions", text="*One*")
    assert (first.status_code, first.json()["status"]) == (201, "submitted")
    assert readers(await post_office.deliver(), coach, client) == [coach]
    back = await act(coach, task, "return", comment="And two?")
    assert (back.json()["status"], back.json()["return_comment"]) == ("returned", "And two?")
    assert readers(await post_office.deliver(), coach, client) == [client]
    assert (await act(client, task, "submissions", text="Two")).json()["latest_number"] == 2
    assert readers(await post_office.deliver(), coach, client) == [coach]
    assert (await act(coach, task, "complete")).json()["status"] == "completed"
    assert readers(await post_office.deliver(), coach, client) == [client]
    for person, base in ((coach, TEAM), (client, PORTAL)):
        url = f"{base}/{task['id']}/submissions"
        kept = (await person.http.get(url)).json()["submissions"]
        assert [(one["number"], one["text"]) for one in kept] == [(2, "Two"), (1, "*One*")]
        assert kept[1]["text_html"] == "<p><em>One</em></p>"


async def test_handing_in_twice_is_once(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    task = await given(coach, client)
    await post_office.deliver()
    answers = [await act(client, task, "submissions", text="Done") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert readers(await post_office.deliver(), coach, client) == [coach]
    other = await act(client, task, "submissions", text="Done better")
    assert (other.status_code, other.json()["code"]) == (409, "assignment_state")


@pytest.mark.parametrize("end", ["complete", "cancel"])
async def test_what_is_over_is_over(make: Make, end: str):
    coach, client = await pair(make)
    task = await given(coach, client)
    ended = (await act(coach, task, end)).json()
    assert (await act(coach, task, end)).json() == ended
    refused = [
        await act(client, task, "submissions", text="Late"),
        await act(coach, task, "return", comment="More"),
        await act(coach, task, "cancel" if end == "complete" else "complete"),
    ]
    assert {answer.status_code for answer in refused} == {409}


@pytest.fixture
def racing_app(settings: Settings, fresh_database: Database) -> FastAPI:
    """The app on a database with real connections and real commits."""
    plain = settings.model_copy(update={"row_level_security": False})
    return create_app(plain, database=fresh_database)


async def test_handing_in_and_cancelling_at_once_has_one_outcome(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    for _ in range(10):
        task = await given(coach, client)
        handed_in, cancelled = await asyncio.gather(
            act(client, task, "submissions", text="Done"), act(coach, task, "cancel")
        )
        assert cancelled.status_code == 200
        assert handed_in.status_code in {201, 409}
        left = (await read(coach, task)).json()
        assert (left["status"], left["latest_number"]) == (
            "cancelled",
            1 if handed_in.status_code == 201 else 0,
        )


async def test_ten_tabs_hand_in_once(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    task = await given(coach, client)
    answers = await asyncio.gather(
        *(act(client, task, "submissions", text="Done") for _ in range(10))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert (await read(coach, task)).json()["latest_number"] == 1


async def test_completing_and_returning_at_once_has_one_outcome(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    for _ in range(10):
        task = await given(coach, client)
        await act(client, task, "submissions", text="Done")
        back, completed = await asyncio.gather(
            act(coach, task, "return", comment="More"), act(coach, task, "complete")
        )
        assert completed.status_code == 200
        assert back.status_code in {200, 409}
        assert (await read(coach, task)).json()["status"] == "completed"
