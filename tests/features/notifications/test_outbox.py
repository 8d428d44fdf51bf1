from uuid import UUID

import pytest

from app.core.ids import new_id
from tests.features.notifications.writing import emails, invite, once
from tests.make import Make
from tests.post_office import PostOffice


async def test_an_email_shows_what_became_of_it(make: Make, post_office: PostOffice) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    await post_office.deliver()

    [email] = await emails(coach)

    assert email["template"] == "invites/portal_invited"
    assert email["recipient"] == contact.email
    assert email["contact_id"] == str(contact.id)
    assert (email["status"], email["attempts"], email["resends"]) == ("sent", 1, 0)
    assert email["smtp_reply"] == "250 kept"
    assert email["subject"].endswith("invites you to Practice 1")
    assert email["sent_at"].endswith("Z")
    one = await coach.http.get(f"/v1/emails/{email['id']}")
    assert one.json() == email


async def test_emails_come_newest_first_page_by_page(make: Make, post_office: PostOffice) -> None:
    coach = await make.coach()
    for _ in range(5):
        contact = await make.contact(workspace_id=coach.workspace_id)
        await invite(coach, contact.id)
        await post_office.deliver()

    first = (await coach.http.get("/v1/emails?limit=3")).json()
    second = (await coach.http.get(f"/v1/emails?limit=3&cursor={first['next_cursor']}")).json()

    ids = [UUID(email["id"]) for email in first["data"] + second["data"]]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)
    assert (first["has_more"], second["has_more"], second["next_cursor"]) == (True, False, None)


async def test_filters_narrow_the_list(make: Make, post_office: PostOffice) -> None:
    coach = await make.coach()
    contacts = [await make.contact(workspace_id=coach.workspace_id) for _ in range(3)]
    await invite(coach, contacts[0].id)
    await post_office.deliver()
    batch = await coach.http.post(
        "/v1/portal-invites/batches",
        json={"contact_ids": [str(contacts[1].id), str(contacts[2].id)]},
        headers=once(),
    )
    await post_office.engine.drain(["fanout"])

    waiting = await emails(coach, status="queued")
    of_batch = await emails(coach, batch_id=batch.json()["id"])

    assert {email["contact_id"] for email in waiting} == {str(c.id) for c in contacts[1:]}
    assert of_batch == waiting
    assert len(await emails(coach, status="sent")) == 1
    assert len(await emails(coach, template="invites/portal_invited")) == 3
    assert await emails(coach, template="invites/other") == []
    [one] = await emails(coach, contact_id=str(contacts[0].id), status="sent")
    assert one["recipient"] == contacts[0].email


@pytest.mark.parametrize("query", ["status=lost", "limit=0", "cursor=x", "other=1", "batch_id=7"])
async def test_a_wrong_filter_is_refused(make: Make, query: str) -> None:
    coach = await make.coach()

    answer = await coach.http.get(f"/v1/emails?{query}")

    assert answer.status_code == 422


async def test_another_practices_emails_are_not_there(make: Make, post_office: PostOffice) -> None:
    coach, stranger = await make.coach(), await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    await post_office.deliver()
    [email] = await emails(coach)

    assert await emails(stranger) == []
    for path in (f"/v1/emails/{email['id']}", f"/v1/emails/{email['id']}/preview"):
        assert (await stranger.http.get(path)).status_code == 404
    resend = await stranger.http.post(f"/v1/emails/{email['id']}/resend", headers=once())
    assert resend.status_code == 404


async def test_clients_do_not_see_the_outbox(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)

    for path in ("/v1/emails", f"/v1/emails/{new_id()}", "/v1/events"):
        assert (await client.http.get(path)).status_code == 403
        assert (await make.anonymous().get(path)).status_code == 401
