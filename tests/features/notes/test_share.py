"""Sharing a note and taking that back; who is told, and what becomes of the mail."""

import pytest

from tests.features.notes.writing import act, listed, pair, read, text_of, write_by
from tests.make import Make
from tests.post_office import PostOffice

PORTAL_URL = "https://portal.example.test"


async def test_a_client_is_told_of_a_coachs_note_and_reads_it(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.coach, people)
    shared = await act(people.coach, note, "share")
    assert shared.json()["shared_at"]

    message = await post_office.deliver_to(people.client.email)

    assert message["subject"].endswith("shared a note with you")
    text = text_of(message)
    assert "> Tuesday" in text
    assert f"{PORTAL_URL}/notes/{note['id']}" in text
    assert "larks" not in text
    assert message["reply-to"] == people.coach.email
    assert (await read(people.client, note)).json()["body"] == note["body"]
    assert await listed(people.client) == ["Tuesday"]


async def test_a_coach_is_told_of_a_clients_note_and_reads_it(make: Make, post_office: PostOffice):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    note = await write_by(people.client, people, share=True)

    message = await post_office.deliver_to(people.coach.email)

    assert message["subject"] == "Ada Lovelace shared a note with you"
    text = text_of(message)
    assert f"{PORTAL_URL}/contacts/{people.client.contact_id}/notes/{note['id']}" in text
    assert message["reply-to"] == people.client.email
    assert (await read(people.coach, note)).json()["body"] == note["body"]
    assert await listed(people.coach, contact_id=people.client.contact_id) == ["Tuesday"]


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_nobody_else_is_told_and_nobody_twice(make: Make, post_office: PostOffice, side: str):
    people = await pair(make)
    await make.coach(role="coach", workspace_id=people.coach.workspace_id)
    await make.client(workspace_id=people.coach.workspace_id)
    author = getattr(people, side)
    note = await write_by(author, people, share=True)
    again = await act(author, note, "share")
    assert again.json() == (await read(author, note)).json()
    assert len(await post_office.deliver()) == 1
    assert await post_office.deliver() == []


async def test_what_is_taken_back_before_the_mail_leaves_is_not_told(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    note = await write_by(people.client, people, share=True)
    await act(people.client, note, "unshare")
    assert await post_office.deliver() == []


async def test_a_mail_that_waits_to_be_sent_is_stopped(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.client, people, share=True)
    await post_office.engine.drain(["fanout"])
    await act(people.client, note, "unshare")
    assert await post_office.deliver() == []
    [email] = (await people.coach.http.get("/v1/emails")).json()["data"]
    assert email["status"] == "cancelled"


async def test_sharing_anew_is_told_anew_and_once(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    await act(people.coach, note, "unshare")
    await act(people.coach, note, "share")
    assert len(await post_office.deliver()) == 1


async def test_the_mail_names_the_note_as_it_is_called_now(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.coach, people, title="Tusday", share=True)
    headers = {"If-Match": "*"}
    await people.coach.http.patch(
        f"/v1/notes/{note['id']}", json={"title": "Tuesday"}, headers=headers
    )
    message = await post_office.deliver_to(people.client.email)
    assert "> Tuesday" in text_of(message)


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_taking_it_back_leaves_a_mark_and_no_words(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    note = await write_by(author, people, share=True)
    back = await act(author, note, "unshare")
    assert back.json()["shared_at"] is None
    assert (await act(author, note, "unshare")).json() == back.json()
    timeline = f"/v1/contacts/{people.client.contact_id}/timeline"
    story = (await people.coach.http.get(timeline)).json()["data"]
    assert [entry["type"] for entry in story] == ["note.unshared", "note.shared"]
    assert "Tuesday" not in str(story)


async def test_who_is_shut_out_is_not_written_to(make: Make, post_office: PostOffice):
    people = await pair(make)
    access = f"/v1/contacts/{people.client.contact_id}/portal-access"
    await people.coach.http.put(access, json={"enabled": False})
    await post_office.deliver()
    await write_by(people.coach, people, share=True)
    assert await post_office.deliver() == []


async def test_a_contact_without_an_address_can_be_shared_with_all_the_same(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, email=None)
    body = {"title": "Later", "contact_id": str(contact.id), "share": True}
    assert (await coach.http.post("/v1/notes", json=body)).status_code == 201
    assert await post_office.deliver() == []
