"""Asking contacts to fill in a form: each once, who can't be asked by name, and by one letter."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from fastapi import FastAPI
from sqlalchemy import text

from app.core.clock import now
from tests.features.forms.asking import (
    act,
    asked,
    created,
    do,
    edit,
    field,
    look,
    pair,
    published,
    readers,
    send,
    words,
)
from tests.make import Make
from tests.post_office import PostOffice


async def test_each_is_asked_once_and_told(make: Make, post_office: PostOffice):
    coach, ada = await pair(make)
    bob = await make.client(workspace_id=coach.workspace_id)
    form = await published(coach, field("name"))
    due = (now() + timedelta(days=9)).isoformat()
    ids = [ada.contact_id, bob.contact_id, ada.contact_id]
    answer = (await send(coach, form, ids, due_at=due, message="Ten minutes.")).json()
    assert (answer["sent"], answer["skipped"]) == (2, {})
    assert [one["result"] for one in answer["data"]] == ["sent", "sent"]
    mail = await post_office.deliver()
    assert readers(mail, coach, ada, bob) == [ada, bob]
    response = answer["data"][0]["response"]
    body = words(mail[0])
    assert f"https://portal.example.test/forms/{response['id']}" in body
    assert "Ten minutes." in body
    assert (await look(ada, response)).json()["status"] == "draft"
    assert (await look(bob, response)).status_code == 404
    again = (await send(coach, form, [*ids, uuid4()])).json()
    assert (again["sent"], again["skipped"]) == (0, {"already_asked": 2, "not_found": 1})
    assert await post_office.deliver() == []


async def test_a_key_is_asked_for_and_keeps_it_one(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    url, body = f"/v1/forms/{form['id']}/requests", {"contact_ids": [str(client.contact_id)]}
    assert (await coach.http.post(url, json=body)).status_code == 400
    key = {"Idempotency-Key": uuid4().hex}
    answers = [await coach.http.post(url, json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()


async def test_one_who_can_not_be_asked_is_refused_by_name(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    elsewhere = await make.contact(workspace_id=(await make.coach()).workspace_id)
    here = coach.workspace_id
    refusals = {
        "contact_has_no_email": await make.contact(workspace_id=here, email=None),
        "contact_archived": await make.contact(workspace_id=here, archived_at=now()),
        "portal_access_disabled": await make.contact(workspace_id=here, portal_status="disabled"),
        "not_found": elsewhere,
    }
    for name, contact in refusals.items():
        assert (await send(coach, form, [contact.id])).json()["code"] == name
    await asked(coach, client, form)
    answer = await send(coach, form, [client.contact_id])
    assert (answer.status_code, answer.json()["code"]) == (409, "already_asked")
    many = (await send(coach, form, [one.id for one in refusals.values()])).json()
    assert many["skipped"] == {"no_email": 1, "archived": 1, "access_disabled": 1, "not_found": 1}


async def test_what_is_no_version_or_put_aside_is_sent_to_nobody(make: Make):
    coach, client = await pair(make)
    form = await created(coach, field("name"))
    draft = await send(coach, form, [client.contact_id])
    assert (draft.status_code, draft.json()["code"]) == (409, "form_not_published")
    await act(coach, form, "publish")
    past = await send(coach, form, [client.contact_id], due_at="2020-01-01T00:00:00Z")
    assert (past.status_code, past.json()["code"]) == (422, "due_in_the_past")
    response = await asked(coach, client, form)
    gone = await coach.http.delete(f"/v1/forms/{form['id']}")
    assert (gone.status_code, gone.json()["code"]) == (409, "form_in_use")
    await act(coach, form, "archive")
    old = await send(coach, form, [client.contact_id])
    assert (old.status_code, old.json()["code"]) == (409, "form_archived")
    assert (await look(client, response)).status_code == 200


async def test_whoever_has_no_account_is_let_in_by_the_same_letter(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    form = await published(coach, field("name"))
    answer = (await send(coach, form, [contact.id])).json()
    [letter] = await post_office.deliver()
    body = words(letter)
    assert f"/forms/{answer['data'][0]['response']['id']}#token=" in body
    kept = (await coach.http.get(f"/v1/contacts/{contact.id}")).json()
    assert kept["portal"]["status"] == "pending"


async def test_who_has_submitted_may_be_asked_again(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    first = await asked(coach, client, form)
    await do(client, first, "submit")
    await edit(coach, form, title="Intake, longer")
    await act(coach, form, "publish")
    second = await asked(coach, client, form)
    assert (second["id"] != first["id"], second["form_version"]) == (True, 2)
    assert (await look(coach, first)).json()["form_version"] == 1


async def test_ten_clicks_ask_once(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    answers = await asyncio.gather(*(send(coach, form, [client.contact_id]) for _ in range(10)))
    assert sorted(one.status_code for one in answers) == [201] + [409] * 9
    async with make.runtime.database.reading() as session:
        sent = await session.scalar(text("SELECT count(*) FROM events WHERE type = 'form.sent'"))
    assert sent == 1


async def test_a_contact_takes_their_responses_along(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    response = await asked(coach, client, form)
    await do(client, response, "submit")
    assert (await coach.http.delete(f"/v1/contacts/{client.contact_id}")).status_code == 204
    assert (await look(coach, response)).status_code == 404
