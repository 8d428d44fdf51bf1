"""What people are mailed is theirs to choose, as far as it is not for their safety."""

import pytest

from tests.features.notes.writing import pair, write_by
from tests.features.preferences.choosing import PREFERENCES, choose, chosen, preferences
from tests.make import Make, Person
from tests.post_office import PostOffice


async def test_everything_comes_at_once_until_somebody_chooses(make: Make):
    coach = await make.coach()

    answer = (await coach.http.get(PREFERENCES)).json()

    assert answer["digest_hour"] == 8
    assert answer["time_zone"] == "UTC"
    assert {one["choice"] for one in (await preferences(coach)).values()} == {"immediate"}
    goals = next(group for group in answer["groups"] if group["name"] == "goals")
    assert goals["label"] == "Goals"
    assert goals["preferences"][0] == {
        "type": "goal.created",
        "label": "A goal is set",
        "choice": "immediate",
        "default": "immediate",
        "options": ["immediate", "daily_digest", "off"],
        "changeable": True,
        "why": None,
    }


async def test_each_side_sees_what_is_written_to_it(make: Make):
    people = await pair(make)

    ours, theirs = await preferences(people.coach), await preferences(people.client)

    assert "assignment.submitted" in ours
    assert "assignment.submitted" not in theirs
    assert "assignment.assigned" in theirs
    assert "assignment.assigned" not in ours


async def test_what_keeps_accounts_safe_cannot_be_off_and_says_so(make: Make):
    people = await pair(make)
    listed = await preferences(people.client)

    for event_type in ("user.magic_link", "user.password_reset", "portal.invited"):
        assert not listed[event_type]["changeable"]
        assert listed[event_type]["why"]
        for choice in ("off", "daily_digest"):
            body = {"choices": {event_type: choice, "goal.created": "off"}}
            answer = await people.client.http.patch(PREFERENCES, json=body)
            assert answer.status_code == 422
            assert answer.json()["code"] == "choice_not_offered"
            [error] = answer.json()["errors"]
            assert error["pointer"] == f"/choices/{event_type}"
            assert error["detail"] == listed[event_type]["why"]
    assert await chosen(people.client, "goal.created") == "immediate"


async def test_a_reminder_does_not_wait_for_tomorrow(make: Make):
    people = await pair(make)
    body = {"choices": {"appointment.reminder": "daily_digest"}}

    answer = await people.client.http.patch(PREFERENCES, json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"] == "One of: immediate, off."


@pytest.mark.parametrize(
    "body",
    [
        {"choices": {"goal.imagined": "off"}},
        {"choices": {"goal.created": "weekly"}},
        {"choices": {"goal.created": True}},
        {"choices": None},
        {"choices": {"x" * 61: "off"}},
        {"choices": {f"goal.{n}": "off" for n in range(101)}},
        {"digest_hour": 24},
        {"digest_hour": -1},
        {"digest_hour": "8"},
        {"digest_hour": None},
        {"digest_hours": 8},
    ],
)
async def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    make: Make, body: dict[str, object]
):
    coach = await make.coach()
    before = (await coach.http.get(PREFERENCES)).json()

    answer = await coach.http.patch(PREFERENCES, json=body)

    assert answer.status_code == 422, answer.text
    assert (await coach.http.get(PREFERENCES)).json() == before


async def test_what_is_left_out_stays_and_null_is_the_default_again(make: Make):
    coach = await make.coach()
    await choose(coach, goal__created="off", note__shared="daily_digest")

    answer = await coach.http.patch(PREFERENCES, json={"digest_hour": 18})
    await choose(coach, goal__created=None)

    assert answer.json()["digest_hour"] == 18
    assert await chosen(coach, "goal.created") == "immediate"
    assert await chosen(coach, "note.shared") == "daily_digest"
    assert (await coach.http.get(PREFERENCES)).json()["digest_hour"] == 18


async def test_whoever_switched_it_off_is_not_mailed_and_the_other_side_is(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    await choose(people.client, note__shared="off")
    await write_by(people.coach, people, share=True)
    await write_by(people.client, people, share=True)

    [message] = await post_office.deliver()

    assert people.coach.email in message["to"]
    [unsent] = [one for one in await _outbox(people.coach) if one["status"] != "sent"]
    assert unsent["status"] == "switched_off"
    assert unsent["recipient"] == people.client.email


async def test_a_coach_cannot_have_sent_what_its_reader_does_not_want(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    await choose(people.client, note__shared="off")
    await write_by(people.coach, people, share=True)
    await post_office.deliver()
    [unsent] = await _outbox(people.coach)

    again = await people.coach.http.post(
        f"/v1/emails/{unsent['id']}/resend", headers={"Idempotency-Key": "again"}
    )

    assert again.status_code == 409
    assert again.json()["code"] == "recipient_unsubscribed"


async def test_wishes_hold_in_one_practice_only(make: Make, post_office: PostOffice):
    people, others = await pair(make), await pair(make)
    await choose(people.client, note__shared="off")
    await write_by(others.coach, others, share=True)

    assert len(await post_office.deliver()) == 1
    assert await chosen(others.client, "note.shared") == "immediate"


async def test_a_team_mate_and_another_client_keep_their_own(make: Make):
    people = await pair(make)
    mate = await make.coach(role="coach", workspace_id=people.coach.workspace_id)
    other = await make.client(workspace_id=people.coach.workspace_id)
    await choose(people.coach, note__shared="off")
    await choose(people.client, note__shared="daily_digest")

    assert await chosen(mate, "note.shared") == "immediate"
    assert await chosen(other, "note.shared") == "immediate"


async def _outbox(coach: Person) -> list[dict[str, str]]:
    emails: list[dict[str, str]] = (await coach.http.get("/v1/emails")).json()["data"]
    return emails
