"""Anybody looks at a program's public page."""

import pytest

from tests.features.programs.offers import appointment_type, program
from tests.features.programs.visiting import page_of
from tests.make import Make


async def test_the_page_tells_what_is_offered(make: Make):
    coach = await make.coach()
    voice, body = await appointment_type(coach, name="Voice"), await appointment_type(coach)
    made = await program(
        coach,
        description="Speak **up**",
        duration_weeks=12,
        price={"amount_minor": 120000, "currency": "EUR"},
        appointment_types=[
            {"appointment_type_id": voice, "sessions": 8},
            {"appointment_type_id": body, "minutes": 90},
        ],
    )
    page = await page_of(make, coach, made)

    async with make.anonymous() as browser:
        answer = await browser.get(page)

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["name"] == made["name"]
    assert shown["description_html"] == "<p>Speak <strong>up</strong></p>"
    assert shown["price"] == {"amount_minor": 120000, "currency": "EUR"}
    assert shown["includes"] == [
        {"name": "Voice", "duration_minutes": 60, "sessions": 8, "minutes": None},
        {"name": "Session", "duration_minutes": 60, "sessions": None, "minutes": 90},
    ]
    assert shown["sign_up_open"] is True
    assert shown["practice"]["coach_name"].startswith("Person")
    assert "id" not in shown


@pytest.mark.parametrize("status", ["draft", "archived"])
async def test_what_isnt_published_isnt_there(make: Make, status: str):
    coach = await make.coach()
    made = await program(coach, status="draft")
    if status == "archived":
        await coach.http.post(f"/v1/programs/{made['id']}/archive")
    page = await page_of(make, coach, made)

    async with make.anonymous() as browser:
        assert (await browser.get(page)).status_code == 404
        assert (await browser.post(f"{page}/sign-up", json={})).status_code in {404, 422}


async def test_unknown_addresses(make: Make):
    coach = await make.coach()
    made = await program(coach)
    page = await page_of(make, coach, made)
    practice = page.rpartition("/")[0]

    async with make.anonymous() as browser:
        for path in (
            f"{practice}/gone",
            f"/v1/public/programs/gone/{made['slug']}",
            f"{practice}/{'x' * 200}",
            f"{practice}/%25_%3B--",
        ):
            assert (await browser.get(path)).status_code == 404, path


async def test_a_program_the_coach_enrols_in_takes_nobody_from_its_page(make: Make):
    coach = await make.coach()
    made = await program(coach, enrollment_mode="quick_start")
    page = await page_of(make, coach, made)

    async with make.anonymous() as browser:
        shown = await browser.get(page)
        refused = await browser.post(
            f"{page}/sign-up", json={"email": "ana@example.test", "first_name": "Ana"}
        )

    assert shown.json()["sign_up_open"] is False
    assert (refused.status_code, refused.json()["code"]) == (409, "sign_up_closed")
