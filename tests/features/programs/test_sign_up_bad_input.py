"""Sign-ups that make no sense, closed programs, links that don't work."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.core.clock import now
from tests.features.programs.offers import program
from tests.features.programs.visiting import CONFIRM, LOOKUP, confirm, page_of, sign_up, token_for
from tests.make import Make
from tests.post_office import PostOffice


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ana"},
        {"email": "ana@example.test\r\nBcc: all@example.test"},
        {"email": None},
        {"first_name": ""},
        {"first_name": "nul\x00"},
        {"first_name": "x" * 101},
        {"last_name": None},
        {"time_zone": "Mars/Olympus"},
        {"password": "larks over the quiet lake"},
    ],
)
async def test_a_form_that_makes_no_sense(
    make: Make, post_office: PostOffice, wrong: dict[str, Any]
):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        answer = await sign_up(browser, page, **wrong)

    assert answer.status_code == 422, answer.text
    assert await post_office.deliver() == []


@pytest.mark.parametrize("token", ["", "x", "psu_", "psu_" + "A" * 64, "inv_" + "A" * 64])
async def test_a_link_that_never_was_one(make: Make, token: str):
    async with make.anonymous() as browser:
        for url in (LOOKUP, CONFIRM):
            answer = await browser.post(url, json={"token": token})
            assert answer.status_code in {404, 422}, answer.text


async def test_a_link_grows_old(make: Make):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        token = await token_for(make, coach.workspace_id)
        with time_machine.travel(now() + timedelta(days=3, seconds=1), tick=False):
            answer = await confirm(browser, token)

    assert (answer.status_code, answer.json()["code"]) == (410, "sign_up_expired")


async def test_a_program_that_closed_meanwhile_takes_nobody(make: Make):
    coach = await make.coach()
    made = await program(coach)
    page = await page_of(make, coach, made)
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        token = await token_for(make, coach.workspace_id)
        await coach.http.post(f"/v1/programs/{made['id']}/archive")
        answer = await confirm(browser, token)

    assert (answer.status_code, answer.json()["code"]) == (409, "sign_up_closed")


@pytest.mark.parametrize(
    ("password", "code"), [(None, "password_required"), ("password1234", "weak_password")]
)
async def test_a_new_account_needs_a_good_password_and_the_link_still_works(
    make: Make, password: str | None, code: str
):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        token = await token_for(make, coach.workspace_id)
        refused = await confirm(browser, token, password=password)
        accepted = await confirm(browser, token)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert accepted.status_code == 200
