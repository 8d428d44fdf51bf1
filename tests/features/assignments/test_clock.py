"""Reminders before and after, and one notice to the coach that it is late."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.features.assignments.tasks import act, edit, given, pair, readers
from tests.make import Make, Person
from tests.post_office import PostOffice

GIVEN_AT = datetime(2027, 2, 1, 12, tzinfo=UTC)
DUE_AT = datetime(2027, 3, 4, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


async def told(post_office: PostOffice, at: datetime, *people: Person) -> list[Person]:
    with time_machine.travel(at, tick=False):
        return readers(await post_office.deliver(), *people)


async def test_the_client_before_and_after_the_coach_once(make: Make, post_office: PostOffice):
    with time_machine.travel(GIVEN_AT, tick=False):
        coach, client = await pair(make)
        await given(coach, client, due_at=DUE_AT.isoformat())
        await post_office.deliver()
    assert await told(post_office, DUE_AT - DAY - MINUTE, coach, client) == []
    assert await told(post_office, DUE_AT - DAY + MINUTE, coach, client) == [client]
    assert await told(post_office, DUE_AT - MINUTE, coach, client) == []
    assert await told(post_office, DUE_AT + MINUTE, coach, client) == [coach]
    assert await told(post_office, DUE_AT + DAY + MINUTE, coach, client) == [client]
    assert await told(post_office, DUE_AT + 9 * DAY, coach, client) == []


async def test_after_a_downtime_lateness_is_told_once(make: Make, post_office: PostOffice):
    with time_machine.travel(GIVEN_AT, tick=False):
        coach, client = await pair(make)
        await given(coach, client, due_at=DUE_AT.isoformat())
        await post_office.deliver()
    both = await told(post_office, DUE_AT + 3 * DAY, coach, client)
    assert sorted(one.email for one in both) == sorted([coach.email, client.email])


@pytest.mark.parametrize("verb", ["submissions", "complete", "cancel"])
async def test_nobody_is_told_of_what_is_done_or_taken_back(
    make: Make, post_office: PostOffice, verb: str
):
    with time_machine.travel(GIVEN_AT, tick=False):
        coach, client = await pair(make)
        task = await given(coach, client, due_at=DUE_AT.isoformat())
        if verb == "submissions":
            await act(client, task, verb, text="Done")
        else:
            await act(coach, task, verb)
        await post_office.deliver()
    for days in (-1, 0, 1, 2):
        assert await told(post_office, DUE_AT + days * DAY + MINUTE, coach, client) == []


async def test_the_clock_follows_the_day(make: Make, post_office: PostOffice):
    with time_machine.travel(GIVEN_AT, tick=False):
        coach, client = await pair(make)
        task = await given(coach, client, due_at=(DUE_AT + 30 * DAY).isoformat())
        await edit(coach, task, due_at=DUE_AT.isoformat())
        await post_office.deliver()
    assert await told(post_office, DUE_AT - DAY + MINUTE, coach, client) == [client]
    assert await told(post_office, DUE_AT + MINUTE, coach, client) == [coach]


async def test_a_day_that_is_taken_away_is_not_missed(make: Make, post_office: PostOffice):
    with time_machine.travel(GIVEN_AT, tick=False):
        coach, client = await pair(make)
        task = await given(coach, client, due_at=DUE_AT.isoformat())
        await edit(coach, task, due_at=None)
        await post_office.deliver()
    assert await told(post_office, DUE_AT + 2 * DAY, coach, client) == []


async def test_what_comes_after_the_day_is_late(make: Make):
    with time_machine.travel(GIVEN_AT, tick=False):
        coach, client = await pair(make)
        task = await given(coach, client, due_at=(GIVEN_AT - DAY).isoformat())
        assert task["late"]
        handed_in = (await act(client, task, "submissions", text="Sorry")).json()
        assert handed_in["late"]
