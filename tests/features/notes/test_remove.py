"""Removing notes, and what happens when their contact goes."""

import pytest

from tests.features.notes.writing import act, base, listed, pair, read, write_by
from tests.make import Make
from tests.post_office import PostOffice


@pytest.mark.parametrize("side", ["coach", "client"])
@pytest.mark.parametrize("state", ["private", "shared"])
async def test_it_is_gone_for_both(make: Make, side: str, state: str):
    people = await pair(make)
    author = getattr(people, side)
    note = await write_by(author, people, share=state == "shared")
    assert (await author.http.delete(f"{base(author)}/{note['id']}")).status_code == 204
    for person in (people.coach, people.client):
        assert (await read(person, note)).status_code == 404
        assert await listed(person) == []
    log = (await people.coach.http.get("/v1/events")).json()["data"]
    assert ("note.deleted" in [event["type"] for event in log]) == (state == "shared")


async def test_nobody_is_told_of_what_is_gone_already(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.client, people, share=True)
    await people.client.http.delete(f"/v1/portal/notes/{note['id']}")
    assert await post_office.deliver() == []


async def test_the_mail_that_told_of_it_forgets_what_it_said(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.client, people, share=True)
    await post_office.deliver()
    [email] = (await people.coach.http.get("/v1/emails")).json()["data"]
    await people.client.http.delete(f"/v1/portal/notes/{note['id']}")
    preview = await people.coach.http.get(f"/v1/emails/{email['id']}/preview")
    assert preview.status_code == 410


async def test_notes_go_with_their_contact(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people)
    await act(people.coach, note, "share")
    contact = f"/v1/contacts/{people.client.contact_id}"
    assert (await people.coach.http.delete(contact)).status_code == 204
    assert await listed(people.coach) == []
