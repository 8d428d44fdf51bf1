"""One e-mail address, and one external id, per contact of a practice."""

import asyncio
from collections import Counter

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.contacts.adding import add_contact
from tests.make import Make


@pytest.mark.parametrize("again", ["maya@example.test", "MAYA@Example.TEST", " maya@example.test "])
async def test_an_address_is_taken_however_it_is_written(make: Make, again: str):
    coach = await make.coach()
    await add_contact(coach, email="Maya@example.test")
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Other", "email": again})
    assert (answer.status_code, answer.json()["code"]) == (409, "contact_email_taken")


async def test_an_archived_contact_keeps_its_address(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, email="maya@example.test")
    await coach.http.post(f"/v1/contacts/{contact['id']}/archive")
    answer = await coach.http.post(
        "/v1/contacts", json={"first_name": "Other", "email": "maya@example.test"}
    )
    assert answer.json()["code"] == "contact_email_taken"


async def test_an_external_id_is_taken_once(make: Make):
    coach = await make.coach()
    await add_contact(coach, external_id="crm-17")
    answer = await coach.http.post(
        "/v1/contacts", json={"first_name": "Other", "external_id": "crm-17"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "external_id_taken")


async def test_many_contacts_may_have_no_address_at_all(make: Make):
    coach = await make.coach()
    await add_contact(coach)
    await add_contact(coach, email=None)
    assert (await coach.http.get("/v1/contacts/counts")).json()["total"] == 2


async def test_another_practice_may_know_the_same_person(make: Make):
    one, other = await make.coach(), await make.coach()
    await add_contact(one, email="maya@example.test", external_id="17")
    await add_contact(other, email="maya@example.test", external_id="17")


async def test_changing_to_a_taken_address_is_refused_too(make: Make):
    coach = await make.coach()
    await add_contact(coach, email="maya@example.test")
    other = await add_contact(coach, email="other@example.test")
    answer = await coach.http.patch(
        f"/v1/contacts/{other['id']}", json={"email": "Maya@example.test"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "contact_email_taken")
    unchanged = (await coach.http.get(f"/v1/contacts/{other['id']}")).json()
    assert unchanged == other


async def test_of_many_who_add_one_address_at_once_one_succeeds(
    settings: Settings, fresh_database: Database
):
    coach = await Make(create_app(settings, database=fresh_database)).coach()
    body = {"first_name": "Maya", "email": "maya@example.test"}
    answers = await asyncio.gather(*(coach.http.post("/v1/contacts", json=body) for _ in range(20)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 19}
    assert {answer.json().get("code") for answer in answers} == {None, "contact_email_taken"}
