"""Somebody new signs up on a program's public page, and confirms their address."""

from sqlalchemy import func, select

from app.models import Contact, Enrollment, User
from tests.features.programs.enrolling import events, ledgers_agree
from tests.features.programs.offers import program, program_with_sessions
from tests.features.programs.visiting import (
    LOOKUP,
    confirm,
    mailed_token,
    page_of,
    sign_up,
    token_for,
)
from tests.make import Make
from tests.post_office import PostOffice


async def test_a_new_person_is_in_after_one_mail(make: Make, post_office: PostOffice):
    coach = await make.coach()
    page = await page_of(make, coach, await program_with_sessions(coach, 8))
    async with make.anonymous() as browser:
        asked = await sign_up(browser, page, time_zone="America/Bogota")
        token = await mailed_token(post_office)
        answer = await confirm(browser, token)
        browser.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        mine = (await browser.get("/v1/portal/enrollments")).json()["data"]

    assert asked.status_code == 202, asked.text
    assert asked.json() == {"expires_in": 3 * 86400}
    assert answer.status_code == 200, answer.text
    signed_in = answer.json()
    assert signed_in["user"]["email"] == "ana@example.test"
    assert signed_in["user"]["email_verified"]
    assert signed_in["user"]["time_zone"] == "America/Bogota"
    assert signed_in["space"]["role"] == "client"
    assert [one["id"] for one in mine] == [signed_in["enrollment_id"]]
    assert mine[0]["status"] == "active"
    assert mine[0]["progress"]["sessions"]["left"] == 8
    contact = (await coach.http.get(f"/v1/contacts/{signed_in['space']['contact_id']}")).json()
    assert (contact["first_name"], contact["last_name"]) == ("Ana", "Lima")
    assert contact["portal"]["status"] == "active"
    kept = (await coach.http.get(f"/v1/enrollments/{signed_in['enrollment_id']}")).json()
    assert kept["origin"] == "self_registered"
    assert await events(make, coach, "contact.self_registered") == [
        {"program_name": "Find your voice", "known": False}
    ]
    assert len(await events(make, coach, "enrollment.signed_up")) == 1
    await ledgers_agree(make, coach.workspace_id)


async def test_nothing_comes_about_before_the_address_is_confirmed(make: Make):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)

    async with make.runtime.database.reading(coach.workspace_id) as session:
        for model in (Contact, Enrollment):
            assert await session.scalar(select(func.count()).select_from(model)) == 0
        known = select(User.id).where(User.email == "ana@example.test")
        assert await session.scalar(known) is None


async def test_the_answer_is_the_same_for_everybody(make: Make):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    client = await make.client(workspace_id=coach.workspace_id)
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with make.anonymous() as browser:
        answers = [
            await sign_up(browser, page, email=email)
            for email in (client.email, str(contact.email), coach.email, "new@example.test")
        ]

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1


async def test_the_link_says_what_it_is_for(make: Make):
    coach = await make.coach()
    made = await program(coach)
    async with make.anonymous() as browser:
        await sign_up(browser, await page_of(make, coach, made))
        token = await token_for(make, coach.workspace_id)
        looks = [(await browser.post(LOOKUP, json={"token": token})).json() for _ in range(2)]

    assert looks[0] == looks[1]
    assert looks[0]["program_name"] == made["name"]
    assert looks[0]["masked_email"] == "a•••@example.test"
    assert looks[0]["account_exists"] is False


async def test_only_the_newest_link_works(make: Make, post_office: PostOffice):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        old = await token_for(make, coach.workspace_id)
        await sign_up(browser, page, email="ANA@example.test")
        refused = await confirm(browser, old)

    assert (refused.status_code, refused.json()["code"]) == (410, "sign_up_replaced")
    assert len(await post_office.deliver()) == 1


async def test_a_link_works_once(make: Make):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        token = await token_for(make, coach.workspace_id)
        await confirm(browser, token)
        again = await confirm(browser, token)
        looked = await browser.post(LOOKUP, json={"token": token})

    assert (again.status_code, again.json()["code"]) == (410, "sign_up_confirmed")
    assert looked.json()["code"] == "sign_up_confirmed"


async def test_what_is_said_last_counts(make: Make):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        token = await token_for(make, coach.workspace_id)
        answer = await confirm(browser, token, first_name="Ana Maria", last_name="")

    contact_id = answer.json()["space"]["contact_id"]
    contact = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()
    assert (contact["first_name"], contact["last_name"]) == ("Ana Maria", "")
    assert answer.json()["user"]["name"] == "Ana Maria"
