"""Clients are reminded the day before, by their own clock; the reminder follows the goal."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
import time_machine

from tests.features.goals.aiming import Pair, act, aim, edit, pair, text_of
from tests.make import Make
from tests.post_office import PostOffice

SET_AT = datetime(2027, 2, 1, 12, tzinfo=UTC)
DUE_ON = "2027-03-04"
BEFORE = datetime(2027, 3, 3, 7, 59, tzinfo=UTC)
HOUR = datetime(2027, 3, 3, 8, 1, tzinfo=UTC)
"""Nine o'clock in Berlin, the day before."""


async def people_in(make: Make, zone: str = "Europe/Berlin") -> Pair:
    """A coach, and a client who lives by this zone's clock."""
    people = await pair(make)
    await people.client.http.patch("/v1/me", json={"time_zone": zone})
    return people


async def reminded_of(
    people: Pair, post_office: PostOffice, at: datetime, *, title: str = "Speak in public"
) -> list[EmailMessage]:
    """The reminders that leave at this time."""
    with time_machine.travel(at, tick=False):
        mail = await post_office.deliver()
    reminders = [message for message in mail if "is due on" in str(message["subject"])]
    assert all(people.client.email in str(message["to"]) for message in reminders)
    assert all(title in text_of(message) for message in reminders)
    return reminders


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_the_client_is_told_once_whoever_set_it(
    make: Make, post_office: PostOffice, side: str
):
    with time_machine.travel(SET_AT, tick=False):
        people = await people_in(make)
        await aim(getattr(people, side), people, due_on=DUE_ON)
        await post_office.deliver()
    assert await reminded_of(people, post_office, BEFORE) == []
    [message] = await reminded_of(people, post_office, HOUR)
    assert message["subject"] == "Your goal is due on Thursday, March 4, 2027"
    assert await reminded_of(people, post_office, datetime(2027, 3, 4, 9, tzinfo=UTC)) == []


async def test_it_is_the_clients_own_nine_o_clock(make: Make, post_office: PostOffice):
    with time_machine.travel(SET_AT, tick=False):
        people = await people_in(make, "America/New_York")
        await aim(people.coach, people, due_on=DUE_ON)
        await post_office.deliver()
    assert await reminded_of(people, post_office, HOUR) == []
    hour = datetime(2027, 3, 3, 14, 1, tzinfo=UTC)
    assert len(await reminded_of(people, post_office, hour)) == 1


@pytest.mark.parametrize(("first", "then"), [("2027-06-01", DUE_ON), (DUE_ON, "2027-06-01")])
async def test_it_follows_the_day(make: Make, post_office: PostOffice, first: str, then: str):
    with time_machine.travel(SET_AT, tick=False):
        people = await people_in(make)
        goal = await aim(people.coach, people, due_on=first)
        await edit(people.client, goal, due_on=then)
    assert len(await reminded_of(people, post_office, HOUR)) == (then == DUE_ON)
    late = datetime(2027, 5, 31, 9, tzinfo=UTC)
    assert len(await reminded_of(people, post_office, late)) == (then != DUE_ON)


@pytest.mark.parametrize("end", ["complete", "abandon", "no day", "delete"])
async def test_nobody_is_reminded_of_what_is_over(make: Make, post_office: PostOffice, end: str):
    with time_machine.travel(SET_AT, tick=False):
        people = await people_in(make)
        goal = await aim(people.coach, people, due_on=DUE_ON)
        if end == "no day":
            await edit(people.client, goal, due_on=None)
        elif end == "delete":
            await people.coach.http.delete(f"/v1/goals/{goal['id']}")
        else:
            await act(people.client, goal, end)
        await post_office.deliver()
    assert await reminded_of(people, post_office, HOUR) == []


async def test_a_reopened_goal_is_reminded_of_again(make: Make, post_office: PostOffice):
    with time_machine.travel(SET_AT, tick=False):
        people = await people_in(make)
        goal = await aim(people.coach, people, due_on=DUE_ON)
        await act(people.client, goal, "complete")
        await act(people.client, goal, "reopen")
    assert len(await reminded_of(people, post_office, HOUR)) == 1


async def test_after_a_downtime_it_comes_late_but_not_when_the_day_is_over(
    make: Make, post_office: PostOffice
):
    with time_machine.travel(SET_AT, tick=False):
        people = await people_in(make)
        await aim(people.coach, people, due_on=DUE_ON)
        await aim(people.coach, people, due_on="2027-02-20")
        await post_office.deliver()
    late = datetime(2027, 3, 4, 6, tzinfo=UTC)
    [message] = await reminded_of(people, post_office, late)
    assert "March 4" in str(message["subject"])
