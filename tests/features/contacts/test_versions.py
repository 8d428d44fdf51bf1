"""Entity tags: reading again for nothing, and not overwriting a colleague's change."""

from datetime import timedelta

import pytest
import time_machine

from app.core.clock import now
from tests.features.contacts.adding import add_contact, define_field
from tests.features.invites.journey import invited_contact
from tests.make import Make


async def test_an_unchanged_contact_is_not_sent_again(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    url = f"/v1/contacts/{contact['id']}"
    tag = (await coach.http.get(url)).headers["ETag"]
    again = await coach.http.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag


async def test_the_tag_of_a_change_is_the_one_of_the_next_reading(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    url = f"/v1/contacts/{contact['id']}"
    changed = await coach.http.patch(url, json={"company": "Larks"})
    assert changed.headers["ETag"] == (await coach.http.get(url)).headers["ETag"]


async def test_a_change_makes_another_tag(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    url = f"/v1/contacts/{contact['id']}"
    tag = (await coach.http.get(url)).headers["ETag"]
    await coach.http.patch(url, json={"company": "Larks"})
    assert (await coach.http.get(url, headers={"If-None-Match": tag})).status_code == 200


async def test_an_invite_that_expires_makes_another_tag(make: Make):
    coach = await make.coach()
    contact_id, _ = await invited_contact(make, coach)
    url = f"/v1/contacts/{contact_id}"
    before = await coach.http.get(url)
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        after = await coach.http.get(url, headers={"If-None-Match": before.headers["ETag"]})
    assert not before.json()["portal"]["invite_expired"]
    assert after.json()["portal"]["invite_expired"]


async def test_a_field_deleted_meanwhile_makes_another_tag(make: Make):
    coach = await make.coach()
    field = await define_field(coach, key="size", kind="number")
    contact = await add_contact(coach, custom_fields={"size": 41})
    url = f"/v1/contacts/{contact['id']}"
    tag = (await coach.http.get(url)).headers["ETag"]
    await coach.http.delete(f"/v1/custom-fields/{field['id']}")
    assert (await coach.http.get(url, headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize("header", ["{tag}", "*", '"v9", {tag}', '"v1"'])
async def test_whoever_knows_the_version_may_change_it(make: Make, header: str):
    coach = await make.coach()
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Maya"})
    if_match = header.format(tag=answer.headers["ETag"])
    changed = await coach.http.patch(
        answer.headers["Location"], json={"company": "Larks"}, headers={"If-Match": if_match}
    )
    assert changed.status_code == 200


@pytest.mark.parametrize("if_match", ['"v2"', 'W/"v1"', '"v11-ab"', "v1", '"', ""])
async def test_whoever_does_not_is_refused(make: Make, if_match: str):
    coach = await make.coach()
    contact = await add_contact(coach)
    url = f"/v1/contacts/{contact['id']}"
    answer = await coach.http.patch(url, json={"company": "X"}, headers={"If-Match": if_match})
    assert (answer.status_code, answer.json()["code"]) == (412, "version_mismatch")
    assert (await coach.http.get(url)).json() == contact


async def test_of_two_who_change_the_same_version_the_second_is_refused(make: Make):
    coach = await make.coach()
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Maya"})
    url, known = answer.headers["Location"], {"If-Match": answer.headers["ETag"]}
    first = await coach.http.patch(url, json={"company": "Larks"}, headers=known)
    second = await coach.http.patch(url, json={"company": "Owls"}, headers=known)
    assert (first.status_code, second.status_code) == (200, 412)
    assert (await coach.http.get(url)).json()["company"] == "Larks"
