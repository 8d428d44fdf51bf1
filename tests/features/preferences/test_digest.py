"""What somebody wants once a day comes once a day, at their hour, and says what still holds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
import time_machine

from tests.features.goals.aiming import act as do
from tests.features.notes.writing import Pair, act, pair, text_of, write_by
from tests.features.preferences.choosing import PREFERENCES, aim, choose
from tests.make import Make
from tests.post_office import PostOffice

NOON = datetime(2027, 2, 1, 11, tzinfo=UTC)
"""Twelve o'clock in Berlin."""
BEFORE = datetime(2027, 2, 2, 6, 59, tzinfo=UTC)
EIGHT = datetime(2027, 2, 2, 7, 0, 1, tzinfo=UTC)
"""Eight o'clock in Berlin, the next morning."""
NEXT_DAY = datetime(2027, 2, 3, 7, 0, 1, tzinfo=UTC)
DIGESTED = {"goal__created": "daily_digest", "note__shared": "daily_digest"}


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """Tests begin at noon."""
    with time_machine.travel(NOON, tick=False):
        yield


async def patient_client(make: Make) -> Pair:
    """A coach, and a client in Berlin who wants to hear of goals and notes once a day."""
    people = await pair(make)
    await people.client.http.patch("/v1/me", json={"time_zone": "Europe/Berlin"})
    await choose(people.client, **DIGESTED)
    return people


async def delivered(post_office: PostOffice, at: datetime) -> list[EmailMessage]:
    """What leaves at this time."""
    with time_machine.travel(at, tick=False):
        return await post_office.deliver()


async def statuses(people: Pair) -> list[str]:
    """What became of the practice's e-mails, the latest first."""
    emails = (await people.coach.http.get("/v1/emails")).json()["data"]
    return [email["status"] for email in emails]


async def test_a_day_is_one_letter_with_a_line_and_a_link_for_each(
    make: Make, post_office: PostOffice
):
    people = await patient_client(make)
    goal = await aim(people.coach, people, title="Speak in public")
    note = await write_by(people.coach, people, title="Tuesday", share=True)
    assert await post_office.deliver() == []
    assert await statuses(people) == ["deferred", "deferred"]
    assert await delivered(post_office, BEFORE) == []

    [message] = await delivered(post_office, EIGHT)

    assert message["to"].addresses[0].addr_spec == people.client.email
    assert message["subject"].startswith("2 things happened at Practice ")
    text = text_of(message)
    notes, goals = text.index("\nNotes\n"), text.index("\nGoals\n")
    assert notes < goals
    assert "shared a note with you\n  Tuesday\n" in text[notes:goals]
    assert "set a goal\n  Speak in public\n" in text[goals:]
    assert f"  https://portal.example.test/notes/{note['id']}" in text.splitlines()
    assert f"  https://portal.example.test/goals/{goal['id']}" in text.splitlines()
    assert message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert await statuses(people) == ["sent", "digested", "digested"]
    assert await delivered(post_office, NEXT_DAY) == []


async def test_what_comes_later_is_in_the_next_one(make: Make, post_office: PostOffice):
    people = await patient_client(make)
    await aim(people.coach, people, title="First")
    await post_office.deliver()
    assert len(await delivered(post_office, EIGHT)) == 1
    with time_machine.travel(EIGHT, tick=False):
        await aim(people.coach, people, title="Second")
        assert await post_office.deliver() == []

    [message] = await delivered(post_office, NEXT_DAY)

    assert "Second" in text_of(message)
    assert "First" not in text_of(message)
    assert message["subject"].startswith("One thing happened")


async def test_a_coach_has_one_of_all_their_clients_and_other_letters_at_once(
    make: Make, post_office: PostOffice
):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    await people.coach.http.patch("/v1/me", json={"time_zone": "Europe/Berlin"})
    other = await make.client(
        workspace_id=people.coach.workspace_id,
        coach_id=people.coach.member_id,
        first_name="Grace",
        last_name="Hopper",
    )
    await choose(people.coach, note__shared="daily_digest")
    await write_by(people.client, people, title="Mine", share=True)
    await write_by(other, Pair(people.coach, other), title="Hers", share=True)
    await aim(people.client, people, title="At once")
    [now] = await post_office.deliver()
    assert now["subject"] == "Ada Lovelace set a goal"

    [digest] = await delivered(post_office, EIGHT)

    text = text_of(digest)
    assert "Ada Lovelace shared a note with you\n  Mine\n" in text
    assert "Grace Hopper shared a note with you\n  Hers\n" in text
    assert f"/contacts/{other.contact_id}/notes/" in text


async def test_what_was_taken_back_is_left_out_and_nothing_left_is_no_letter(
    make: Make, post_office: PostOffice
):
    people = await patient_client(make)
    note = await write_by(people.coach, people, title="A secret", share=True)
    goal = await aim(people.coach, people, title="Given up")
    await post_office.deliver()
    await act(people.coach, note, "unshare")
    assert (await people.coach.http.delete(f"/v1/goals/{goal['id']}")).status_code == 204
    await post_office.deliver()

    assert await delivered(post_office, EIGHT) == []
    assert set(await statuses(people)) == {"cancelled"}


async def test_an_unshared_note_leaves_the_outbox_with_its_line(
    make: Make, post_office: PostOffice
):
    people = await patient_client(make)
    note = await write_by(people.coach, people, title="A secret", share=True)
    await aim(people.coach, people, title="No secret")
    await post_office.deliver()
    [message] = await delivered(post_office, EIGHT)
    assert "A secret" in text_of(message)

    await act(people.coach, note, "unshare")

    emails = (await people.coach.http.get("/v1/emails")).json()["data"]
    preview = await people.coach.http.get(f"/v1/emails/{emails[0]['id']}/preview")
    assert "No secret" in preview.json()["text"]
    assert "A secret" not in preview.text


async def test_back_to_at_once_loses_nothing_and_off_is_off(make: Make, post_office: PostOffice):
    people = await patient_client(make)
    await aim(people.coach, people, title="Waits")
    await write_by(people.coach, people, title="Unwanted", share=True)
    await post_office.deliver()
    await choose(people.client, goal__created="immediate", note__shared="off")
    goal = await aim(people.coach, people, title="At once")
    [message] = await post_office.deliver()
    assert "At once" in text_of(message)

    [digest] = await delivered(post_office, EIGHT)

    assert "Waits" in text_of(digest)
    assert "Unwanted" not in text_of(digest)
    assert goal["id"] not in text_of(digest)
    assert sorted(await statuses(people)) == ["digested", "sent", "sent", "switched_off"]


async def test_the_hour_is_the_readers_own_and_moves_what_waits(
    make: Make, post_office: PostOffice
):
    people = await patient_client(make)
    await aim(people.coach, people, title="Waits")
    await post_office.deliver()

    await people.client.http.patch(PREFERENCES, json={"digest_hour": 18})

    assert await delivered(post_office, datetime(2027, 2, 1, 16, 59, tzinfo=UTC)) == []
    assert len(await delivered(post_office, datetime(2027, 2, 1, 17, 0, 1, tzinfo=UTC))) == 1
    assert await delivered(post_office, EIGHT) == []


async def test_one_click_in_a_digest_ends_what_comes_with_it(make: Make, post_office: PostOffice):
    people = await patient_client(make)
    await aim(people.coach, people, title="Waits")
    await post_office.deliver()
    [digest] = await delivered(post_office, EIGHT)
    path = str(digest["list-unsubscribe"]).strip("<>").removeprefix("http://127.0.0.1:8000")

    async with make.anonymous() as program:
        answer = await program.post(path, data={"List-Unsubscribe": "One-Click"})

    assert answer.json()["label"] == "Daily digest"
    await aim(people.coach, people, title="Off")
    await write_by(people.coach, people, title="Off", share=True)
    assert await post_office.deliver() == []
    assert await delivered(post_office, NEXT_DAY) == []
    assert (await statuses(people))[:2] == ["switched_off", "switched_off"]


async def test_whoever_was_shut_out_has_no_digest(make: Make, post_office: PostOffice):
    people = await patient_client(make)
    await aim(people.coach, people, title="Waits")
    await post_office.deliver()
    path = f"/v1/contacts/{people.client.contact_id}/portal-access"
    assert (await people.coach.http.put(path, json={"enabled": False})).status_code == 200
    await post_office.deliver()

    assert await delivered(post_office, EIGHT) == []


async def test_a_reached_goal_and_its_beginning_are_both_told(make: Make, post_office: PostOffice):
    people = await patient_client(make)
    await choose(people.client, goal__completed="daily_digest")
    goal = await aim(people.coach, people, title="Speak in public")
    await do(people.coach, goal, "complete")
    await post_office.deliver()

    [digest] = await delivered(post_office, EIGHT)

    assert digest["subject"].startswith("2 things happened")
    assert "marked a goal as reached" in text_of(digest)
