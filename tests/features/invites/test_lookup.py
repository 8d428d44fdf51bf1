"""The invitation's page asks what the link stands for."""

from datetime import timedelta

import time_machine

from app.core.clock import now
from tests.features.invites.journey import invited_contact, look_up
from tests.make import Make


async def test_it_tells_who_invites_whom_and_no_more(make: Make):
    coach = await make.coach()
    _, token = await invited_contact(make, coach, email="ada@example.test", first_name="Ada")
    async with make.anonymous() as browser:
        answer = await look_up(browser, token)

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["masked_email"] == "a•••@example.test"
    assert shown["first_name"] == "Ada"
    assert shown["workspace_name"].startswith("Practice")
    assert shown["account_exists"] is False
    assert shown["expired"] is False


async def test_asking_changes_nothing_however_often(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    before = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()
    async with make.anonymous() as browser:
        answers = [(await look_up(browser, token)).json() for _ in range(5)]

    assert answers == [answers[0]] * 5
    assert (await coach.http.get(f"/v1/contacts/{contact_id}")).json() == before


async def test_it_tells_that_the_address_has_an_account(make: Make):
    ada = await make.client(workspace_id=(await make.coach()).workspace_id)
    coach = await make.coach()
    _, token = await invited_contact(make, coach, email=ada.email)
    async with make.anonymous() as browser:
        assert (await look_up(browser, token)).json()["account_exists"] is True


async def test_an_expired_link_still_tells_whose_it_was(make: Make):
    coach = await make.coach()
    _, token = await invited_contact(make, coach)
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        async with make.anonymous() as browser:
            answer = await look_up(browser, token)

    assert answer.status_code == 200
    assert answer.json()["expired"] is True
