"""What coaches do with what was handed in, and what the clock does about what was not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from fastapi import FastAPI

from tests.features.forms.asking import (
    RESPONSES,
    asked,
    do,
    field,
    fill,
    handed_in,
    look,
    pair,
    published,
    readers,
    send,
    words,
)
from tests.make import Make, Person
from tests.post_office import PostOffice

SENT_AT = datetime(2027, 2, 1, 12, tzinfo=UTC)
DUE_AT = datetime(2027, 3, 4, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


async def test_a_second_revision_leaves_the_first_as_it_was(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("sleep")))
    await handed_in(client, response, sleep="Badly")
    reviewed = (await do(coach, response, "review")).json()
    assert (reviewed["status"], reviewed["reviewed_at"] is not None) == ("reviewed", True)
    assert (await do(coach, response, "review")).json() == reviewed
    await post_office.deliver()
    back = (await do(coach, response, "reopen", comment="Since when?")).json()
    assert (back["status"], back["revision"], back["latest_revision"]) == ("draft", 2, 1)
    [letter] = await post_office.deliver()
    assert client.email in str(letter["to"])
    assert "Since when?" in words(letter)
    mine = (await look(client, response)).json()
    assert (mine["answers"], mine["reopen_comment"]) == ({"sleep": "Badly"}, "Since when?")
    await fill(client, response, sleep="Badly, since May")
    [question] = (await look(coach, response)).json()["submission"]["questions"]
    assert question["answer"] == "Badly"
    await do(client, response, "submit")
    assert readers(await post_office.deliver(), coach, client) == [coach]
    for person in (coach, client):
        kept = (await look(person, response, "/revisions")).json()["revisions"]
        said = [(one["number"], one["questions"][0]["answer"]) for one in kept]
        assert said == [(2, "Badly, since May"), (1, "Badly")]
        assert [one["reopen_comment"] for one in kept] == [None, "Since when?"]
    assert (await look(client, response)).json()["reopen_comment"] is None


async def test_steps_that_make_no_sense_are_refused(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    response = await asked(coach, client, form)
    for verb, body in (("review", {}), ("reopen", {"comment": "x"})):
        answer = await do(coach, response, verb, **body)
        assert (answer.status_code, answer.json()["status_now"]) == (409, "draft")
    past = (datetime.now(UTC) - DAY).isoformat()
    await do(client, response, "submit")
    assert (await do(coach, response, "reopen", comment="x", due_at=past)).status_code == 422
    assert (await do(coach, response, "cancel")).status_code == 409
    assert (await do(coach, response, "remind")).status_code == 409
    other = await asked(coach, client, form)
    gone = (await do(coach, other, "cancel")).json()
    assert gone["status"] == "cancelled"
    assert (await do(coach, other, "cancel")).json() == gone
    assert (await fill(client, other, name="Ada")).status_code == 409
    assert (await do(client, other, "submit")).status_code == 409


async def test_an_opening_that_is_taken_back_leaves_what_was_handed_in(make: Make):
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("name")))
    await handed_in(client, response, name="Ada")
    await do(coach, response, "reopen", comment="Really?")
    await fill(client, response, name="Bob")
    back = (await do(coach, response, "cancel")).json()
    assert (back["status"], back["revision"]) == ("submitted", 1)
    mine = (await look(client, response)).json()
    assert (mine["answers"], mine["reopen_comment"]) == ({"name": "Ada"}, None)


async def test_lists_are_narrowed_down(make: Make):
    coach, ada = await pair(make)
    bob = await make.client(workspace_id=coach.workspace_id)
    forms = [await published(coach, field("name")) for _ in range(2)]
    for form in forms:
        await send(coach, form, [ada.contact_id, bob.contact_id])

    async def found(**query: str) -> int:
        return len((await coach.http.get(RESPONSES, params=query)).json()["data"])

    first = (await ada.http.get("/v1/portal/form-responses")).json()["data"]
    assert [one["title"] for one in first] == ["Intake", "Intake"]
    await do(ada, first[0], "submit")
    assert await found() == 4
    assert await found(form_id=forms[0]["id"]) == 2
    assert await found(contact_id=str(bob.contact_id)) == 2
    assert await found(status="submitted") == 1
    assert await found(status="submitted", contact_id=str(bob.contact_id)) == 0
    own = await ada.http.get("/v1/portal/form-responses", params={"status": "draft"})
    assert len(own.json()["data"]) == 1
    counted = (await coach.http.get("/v1/forms")).json()["data"]
    assert [(one["open_requests"], one["submitted"]) for one in counted] == [(1, 1), (2, 0)]


async def test_the_timeline_tells_what_happened_and_not_what_was_said(make: Make):
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("secret")))
    await handed_in(client, response, secret="larks over the lake")
    story = await coach.http.get(f"/v1/contacts/{client.contact_id}/timeline")
    summaries = [one["summary"] for one in story.json()["data"]]
    assert summaries[:2] == ["Filled in a form", "Asked to fill in a form"]
    events = await coach.http.get("/v1/events")
    assert "larks" not in story.text + events.text


async def told(post_office: PostOffice, at: datetime, *people: Person) -> list[Person]:
    with time_machine.travel(at, tick=False):
        return readers(await post_office.deliver(), *people)


async def test_the_clock_reminds_before_and_after(make: Make, post_office: PostOffice):
    with time_machine.travel(SENT_AT, tick=False):
        coach, client = await pair(make)
        form = await published(coach, field("name"))
        await asked(coach, client, form, due_at=DUE_AT.isoformat())
        await post_office.deliver()
    assert await told(post_office, DUE_AT - DAY - MINUTE, coach, client) == []
    assert await told(post_office, DUE_AT - DAY + MINUTE, coach, client) == [client]
    assert await told(post_office, DUE_AT + MINUTE, coach, client) == []
    assert await told(post_office, DUE_AT + DAY + MINUTE, coach, client) == [client]
    assert await told(post_office, DUE_AT + 9 * DAY, coach, client) == []


@pytest.mark.parametrize("verb", ["submit", "cancel"])
async def test_nobody_is_reminded_of_what_is_done(make: Make, post_office: PostOffice, verb: str):
    with time_machine.travel(SENT_AT, tick=False):
        coach, client = await pair(make)
        form = await published(coach, field("name"))
        response = await asked(coach, client, form, due_at=DUE_AT.isoformat())
        await do(client if verb == "submit" else coach, response, verb)
        await post_office.deliver()
    for days in (-1, 1):
        assert await told(post_office, DUE_AT + days * DAY + MINUTE, coach, client) == []


async def test_a_coach_reminds_once_in_twelve_hours(make: Make, post_office: PostOffice):
    with time_machine.travel(SENT_AT, tick=False):
        coach, client = await pair(make)
        form = await published(coach, field("name"))
        response = await asked(coach, client, form, due_at=DUE_AT.isoformat())
        await post_office.deliver()
        assert (await do(coach, response, "remind")).status_code == 200
        soon = await do(coach, response, "remind")
        assert (soon.status_code, soon.json()["code"]) == (429, "reminded_recently")
        assert soon.headers["Retry-After"] == str(12 * 3600)
        assert readers(await post_office.deliver(), coach, client) == [client]
    with time_machine.travel(DUE_AT - DAY - timedelta(hours=1), tick=False):
        coach_again = await make.coach(workspace_id=coach.workspace_id)
        assert (await do(coach_again, response, "remind")).status_code == 200
        await post_office.deliver()
    assert await told(post_office, DUE_AT - DAY + MINUTE, coach, client) == []


async def test_ten_reminders_at_once_are_one(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("name")))
    answers = await asyncio.gather(*(do(coach, response, "remind") for _ in range(10)))
    assert sorted(one.status_code for one in answers) == [200] + [429] * 9


async def test_whoever_has_no_account_is_let_in_once_more(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    sent = await send(coach, await published(coach, field("name")), [contact.id])
    [first] = await post_office.deliver()
    assert (await do(coach, sent.json()["data"][0]["response"], "remind")).status_code == 200
    [second] = await post_office.deliver()
    assert "#token=" in words(second)
    assert words(first) != words(second)


async def test_submitting_and_reopening_at_once_never_mix(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    for _ in range(5):
        response = await asked(coach, client, form)
        done, opened = await asyncio.gather(
            do(client, response, "submit"), do(coach, response, "reopen", comment="x")
        )
        assert done.status_code == 200
        assert opened.status_code in {200, 409}
        kept = (await look(coach, response)).json()
        assert kept["latest_revision"] == 1
        assert kept["status"] == ("draft" if opened.status_code == 200 else "submitted")
        await do(client, response, "submit")
