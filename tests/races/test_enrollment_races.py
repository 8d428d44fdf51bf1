"""Coaches enrol the same people at once, and clients answer twenty times."""

import asyncio
from collections import Counter

from sqlalchemy import func, select

from app.models import SignUp
from tests.features.programs.enrolling import enroll, enrolled, events, key, ledgers_agree
from tests.features.programs.offers import program, program_with_sessions
from tests.features.programs.visiting import confirm, page_of, sign_up, token_for
from tests.make import Make
from tests.races.booking_kit import outcomes


async def test_of_twenty_acceptances_one_counts(crowd: Make):
    coach = await crowd.coach()
    client = await crowd.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program_with_sessions(coach, 8), client.contact_id)
    url = f"/v1/portal/enrollments/{enrollment['id']}/accept"

    answers = await asyncio.gather(*(client.http.post(url) for _ in range(20)))

    assert outcomes(answers) == {"booked": 1, "already_accepted": 19}
    assert len(await events(crowd, coach, "enrollment.signed_up")) == 1
    assert len(await events(crowd, coach, "enrollment.activated")) == 1
    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    assert kept["progress"]["sessions"]["granted"] == 8
    await ledgers_agree(crowd, coach.workspace_id)


async def test_yes_and_no_at_once_are_one_answer(crowd: Make):
    coach = await crowd.coach()
    client = await crowd.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    url = f"/v1/portal/enrollments/{enrollment['id']}"

    answers = await asyncio.gather(
        *(client.http.post(f"{url}/{verb}") for verb in ("accept", "decline") * 10)
    )

    assert outcomes(answers)["booked"] == 1
    told = [
        *await events(crowd, coach, "enrollment.signed_up"),
        *await events(crowd, coach, "enrollment.declined"),
    ]
    assert len(told) == 1


async def test_the_coach_begins_while_the_client_accepts(crowd: Make):
    coach = await crowd.coach()
    for _ in range(5):
        client = await crowd.client(workspace_id=coach.workspace_id)
        enrollment = await enrolled(coach, await program_with_sessions(coach, 3), client.contact_id)

        answers = await asyncio.gather(
            coach.http.post(f"/v1/enrollments/{enrollment['id']}/activate"),
            client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept"),
        )

        assert {answer.status_code for answer in answers} <= {200, 409}
        kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
        assert kept["status"] == "active"
        assert kept["progress"]["sessions"]["granted"] == 3


async def test_a_bulk_enrollment_sent_twice_at_once_is_done_once(crowd: Make):
    coach = await crowd.coach()
    made = await program(coach)
    ids = [str((await crowd.contact(workspace_id=coach.workspace_id)).id) for _ in range(50)]
    url, headers = f"/v1/programs/{made['id']}/enrollments", key()

    answers = await asyncio.gather(
        *(coach.http.post(url, json={"contact_ids": ids}, headers=headers) for _ in range(2))
    )
    again = await coach.http.post(url, json={"contact_ids": ids}, headers=headers)

    codes = Counter(answer.status_code for answer in answers)
    assert codes in (Counter({201: 2}), Counter({201: 1, 409: 1}))
    assert again.json()["enrolled"] == 50
    assert len(await events(crowd, coach, "enrollment.invited")) == 50


async def test_racing_coaches_enrol_each_contact_once(crowd: Make):
    coach = await crowd.coach()
    made = await program_with_sessions(coach, 2, enrollment_mode="quick_start")
    other = await program(coach)
    ids = [(await crowd.contact(workspace_id=coach.workspace_id)).id for _ in range(20)]

    answers = await asyncio.gather(
        *(enroll(coach, made, *(ids if n % 2 else reversed(ids))) for n in range(6)),
        *(enroll(coach, other, *ids) for _ in range(3)),
    )

    assert {answer.status_code for answer in answers} == {201}
    assert sum(answer.json()["enrolled"] for answer in answers[:6]) == 20
    assert sum(answer.json()["enrolled"] for answer in answers[6:]) == 20
    await ledgers_agree(crowd, coach.workspace_id)


async def test_of_twenty_confirmations_one_makes_the_account(crowd: Make):
    coach = await crowd.coach()
    page = await page_of(crowd, coach, await program_with_sessions(coach, 8))
    browsers = [crowd.anonymous() for _ in range(20)]
    await sign_up(browsers[0], page)
    token = await token_for(crowd, coach.workspace_id)

    answers = await asyncio.gather(*(confirm(browser, token) for browser in browsers))

    codes = outcomes(answers)
    assert codes["booked"] == 1
    assert set(codes) <= {"booked", "sign_up_confirmed", "account_exists"}
    assert len(await events(crowd, coach, "enrollment.signed_up")) == 1
    assert len((await coach.http.get("/v1/contacts")).json()["data"]) == 1
    await ledgers_agree(crowd, coach.workspace_id)


async def test_a_form_sent_ten_times_at_once_leaves_one_link(crowd: Make):
    coach = await crowd.coach()
    page = await page_of(crowd, coach, await program(coach))
    browsers = [crowd.anonymous() for _ in range(10)]

    answers = await asyncio.gather(*(sign_up(browser, page) for browser in browsers))

    assert {answer.status_code for answer in answers} == {202}
    async with crowd.runtime.database.reading(coach.workspace_id) as session:
        pending = select(func.count()).where(SignUp.state == "pending")
        assert await session.scalar(pending) == 1
