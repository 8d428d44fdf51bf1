"""One click in a letter ends others like it (RFC 8058), and a scanner's look changes nothing."""

from email.message import EmailMessage

import httpx
import pytest
from fastapi import FastAPI

from app.access.runtime import Runtime
from app.features.preferences.unsubscribe_tokens import Subscription, token_for
from tests.features.notes.writing import Pair, pair, text_of, write_by
from tests.features.preferences.choosing import aim, choose, chosen, preferences
from tests.make import Make
from tests.post_office import PostOffice

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def goal_letter(people: Pair, post_office: PostOffice) -> EmailMessage:
    """What the client is mailed of a goal."""
    await aim(people.coach, people, title="Speak in public")
    return await post_office.deliver_to(people.client.email)


def path_in(message: EmailMessage) -> str:
    """Where the one click of a letter goes."""
    url = str(message["list-unsubscribe"]).strip("<>")
    return httpx.URL(url).path


async def test_a_letter_that_may_be_off_says_how(make: Make, post_office: PostOffice):
    people = await pair(make)
    message = await goal_letter(people, post_office)

    assert message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    text = text_of(message)
    assert "https://portal.example.test/settings/notifications" in text.splitlines()
    assert str(message["list-unsubscribe"]).strip("<>") in text.splitlines()


async def test_one_click_needs_no_sign_in_and_a_second_changes_nothing(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    path = path_in(await goal_letter(people, post_office))

    async with make.anonymous() as program:
        first = await program.post(path, data=ONE_CLICK)
        second = await program.post(path, files={name: (None, v) for name, v in ONE_CLICK.items()})

    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert first.json()["subscribed"] is False
    assert first.json()["group"] == "goals"
    for event_type in ("goal.created", "goal.updated", "goal.completed", "milestone.completed"):
        assert await chosen(people.client, event_type) == "off"
    for event_type in ("goal.due_soon", "note.shared", "comment.created"):
        assert await chosen(people.client, event_type) == "immediate"
    await aim(people.coach, people, title="Another")
    assert await post_office.deliver() == []


async def test_opening_the_link_changes_nothing(make: Make, post_office: PostOffice):
    people = await pair(make)
    path = path_in(await goal_letter(people, post_office))

    async with make.anonymous() as scanner:
        await scanner.head(path)
        answer = await scanner.get(path)
        page = await scanner.get(path, headers={"Accept": "text/html,*/*"})

    assert answer.json()["subscribed"] is True
    assert "A goal is set" in answer.json()["letters"]
    assert answer.json()["preferences_url"] == "https://portal.example.test/settings/notifications"
    assert page.headers["content-type"].startswith("text/html")
    assert '<form method="post"' in page.text
    assert 'name="List-Unsubscribe" value="One-Click"' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert await chosen(people.client, "goal.created") == "immediate"


async def test_people_in_a_browser_find_a_way_back(make: Make, post_office: PostOffice):
    people = await pair(make)
    await choose(people.client, goal__updated="daily_digest", goal__completed="off")
    path = path_in(await goal_letter(people, post_office))
    browser = {"Accept": "text/html"}

    async with make.anonymous() as person:
        done = await person.post(path, data=ONE_CLICK, headers=browser)
        assert f'action="{path}/undo"' in done.text
        back = await person.post(f"{path}/undo", headers=browser)

    assert back.status_code == 200
    assert "No more e-mails" in back.text
    assert await chosen(people.client, "goal.created") == "immediate"
    assert await chosen(people.client, "goal.updated") == "daily_digest"
    assert await chosen(people.client, "goal.completed") == "off"


async def test_undoing_what_nobody_did_changes_nothing(make: Make, post_office: PostOffice):
    people = await pair(make)
    await choose(people.client, goal__updated="off")
    path = path_in(await goal_letter(people, post_office))

    async with make.anonymous() as person:
        assert (await person.post(f"{path}/undo")).status_code == 200

    assert await chosen(people.client, "goal.updated") == "off"


@pytest.mark.parametrize("body", [None, {}, {"List-Unsubscribe": "Maybe"}])
async def test_a_post_that_is_no_click_is_refused(
    make: Make, post_office: PostOffice, body: dict[str, str] | None
):
    people = await pair(make)
    path = path_in(await goal_letter(people, post_office))

    async with make.anonymous() as program:
        answer = await program.post(path, data=body)

    assert answer.status_code == 422
    assert await chosen(people.client, "goal.created") == "immediate"


async def test_a_link_that_is_not_ours_is_no_link(make: Make, post_office: PostOffice):
    people = await pair(make)
    path = path_in(await goal_letter(people, post_office))
    before = await preferences(people.client)

    async with make.anonymous() as thief:
        for token in (path[:-2] + "AA", path[:-20], path + "A", "/v1/public/unsubscribe/é%20x"):
            for answer in (await thief.post(token, data=ONE_CLICK), await thief.get(token)):
                assert answer.status_code == 404
                assert answer.json()["code"] == "invalid_token"

    assert await preferences(people.client) == before


async def test_a_group_that_was_and_is_no_more_ends_nothing(make: Make, app: FastAPI):
    people = await pair(make)
    runtime: Runtime = app.state.runtime
    assert people.client.contact_id
    gone = Subscription(
        workspace_id=people.client.workspace_id,
        side="client",
        inbox_id=people.client.contact_id,
        group="horoscopes",
    )

    async with make.anonymous() as program:
        path = f"/v1/public/unsubscribe/{token_for(runtime.mint, gone)}"
        answer = await program.post(path, data=ONE_CLICK)

    assert answer.status_code == 404
    assert {one["choice"] for one in (await preferences(people.client)).values()} == {"immediate"}


async def test_the_link_of_a_contact_who_was_deleted_is_no_link(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    body = {"contact_id": str(contact.id), "title": "Speak"}
    assert (await coach.http.post("/v1/goals", json=body)).status_code == 201
    path = path_in(await post_office.deliver_to(contact.email or ""))
    assert (await coach.http.delete(f"/v1/contacts/{contact.id}")).status_code == 204

    async with make.anonymous() as program:
        answer = await program.post(path, data=ONE_CLICK)

    assert answer.status_code == 404


async def test_letters_for_safety_and_ways_in_carry_no_such_link(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await coach.http.post(
        f"/v1/contacts/{contact.id}/portal-invite", json={}, headers={"Idempotency-Key": "one"}
    )
    await coach.http.post("/v1/auth/magic-links", json={"email": coach.email})

    messages = await post_office.deliver()

    assert len(messages) == 2
    assert not any(message["list-unsubscribe"] for message in messages)
    assert not any("unsubscribe" in text_of(message) for message in messages)


async def test_leaving_goals_keeps_nobody_from_being_invited(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await coach.http.post("/v1/goals", json={"contact_id": str(contact.id), "title": "Speak"})
    path = path_in(await post_office.deliver_to(contact.email or ""))
    async with make.anonymous() as program:
        await program.post(path, data=ONE_CLICK)

    batch = await coach.http.post(
        "/v1/portal-invites/batches",
        json={"contact_ids": [str(contact.id)]},
        headers={"Idempotency-Key": "all"},
    )

    assert batch.json()["skipped"] == {}
    message = await post_office.deliver_to(contact.email or "")
    assert "invites you" in message["subject"]


async def test_notes_unsubscribed_by_a_coach_are_the_coachs_own(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    await write_by(people.client, people, share=True)
    path = path_in(await post_office.deliver_to(people.coach.email))

    async with make.anonymous() as program:
        await program.post(path, data=ONE_CLICK)

    assert await chosen(people.coach, "note.shared") == "off"
    assert await chosen(people.client, "note.shared") == "immediate"
