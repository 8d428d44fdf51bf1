"""A coach invites many contacts at once."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update

from app.core.clock import now
from app.models import Contact
from tests.features.invites.journey import key, mailed_token
from tests.make import Make, Person
from tests.post_office import PostOffice

BATCHES = "/v1/portal-invites/batches"


def just_now() -> datetime:
    return now() - timedelta(minutes=5)


def long_ago() -> datetime:
    return now() - timedelta(days=30)


async def backdate(make: Make, workspace_id: UUID) -> None:
    """Let all invitations of a practice be a month old, though still valid."""
    async with make.runtime.database.writing(workspace_id) as session:
        await session.execute(update(Contact).values(invited_at=long_ago()))


async def contacts(make: Make, coach: Person, count: int) -> list[UUID]:
    return [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(count)]


async def test_select_all_except_some(make: Make, post_office: PostOffice):
    coach = await make.coach()
    ids = await contacts(make, coach, 5)

    answer = await coach.http.post(
        BATCHES,
        json={"filter": {}, "except_ids": [str(ids[0]), str(ids[1])], "message": "Welcome"},
        headers=key(),
    )

    assert answer.status_code == 202, answer.text
    batch = answer.json()
    assert (batch["total"], batch["invited"], batch["skipped"]) == (3, 3, {})
    assert batch["delivery"]["queued"] == 3
    assert answer.headers["Location"] == f"{BATCHES}/{batch['id']}"
    assert len(await post_office.deliver()) == 3
    followed = (await coach.http.get(answer.headers["Location"])).json()
    assert followed["delivery"]["sent"] == 3
    assert followed["delivery"]["queued"] == 0
    assert {**followed, "delivery": batch["delivery"]} == batch


async def test_everyone_left_out_is_counted_by_reason(make: Make):
    coach = await make.coach()
    active = await make.client(workspace_id=coach.workspace_id)
    left_out = [
        await make.contact(workspace_id=coach.workspace_id, email=None),
        await make.contact(workspace_id=coach.workspace_id, type="lead"),
        await make.contact(workspace_id=coach.workspace_id, archived_at=long_ago()),
        await make.contact(
            workspace_id=coach.workspace_id, portal_status="pending", invited_at=just_now()
        ),
        await make.contact(workspace_id=coach.workspace_id, portal_status="disabled"),
    ]
    stranger, invited = uuid4(), await make.contact(workspace_id=coach.workspace_id)
    ids = [active.contact_id, *(contact.id for contact in left_out), stranger, invited.id]

    answer = await coach.http.post(
        BATCHES, json={"contact_ids": [str(one) for one in ids]}, headers=key()
    )

    batch = answer.json()
    assert batch["total"] == 8
    assert batch["invited"] == 1
    assert batch["skipped"] == {
        "already_active": 1,
        "no_email": 1,
        "lead": 1,
        "archived": 1,
        "recently_invited": 1,
        "access_disabled": 1,
        "not_found": 1,
    }
    items = (await coach.http.get(f"{BATCHES}/{batch['id']}/items")).json()["data"]
    results = {item["contact_id"]: item["result"] for item in items}
    assert len(results) == 8
    assert results[str(invited.id)] == "invited"
    assert results[str(stranger)] == "not_found"


async def test_the_same_key_sends_nothing_twice(make: Make, post_office: PostOffice):
    coach = await make.coach()
    await contacts(make, coach, 3)
    headers = key()

    first = await coach.http.post(BATCHES, json={"filter": {}}, headers=headers)
    again = await coach.http.post(BATCHES, json={"filter": {}}, headers=headers)

    assert again.json() == first.json()
    assert len(await post_office.deliver()) == 3


async def test_an_older_invite_dies_with_its_unsent_mail(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact = await make.contact(
        workspace_id=coach.workspace_id, portal_status="pending", invited_at=long_ago()
    )
    await coach.http.post(f"/v1/contacts/{contact.id}/portal-invite", json={}, headers=key())
    old = await mailed_token(make, coach.workspace_id, contact.id)
    await backdate(make, coach.workspace_id)

    await coach.http.post(BATCHES, json={"contact_ids": [str(contact.id)]}, headers=key())

    async with make.anonymous() as browser:
        answer = await browser.post("/v1/public/portal-invites/lookup", json={"token": old})
    assert answer.json()["code"] == "invite_replaced"
    assert len(await post_office.deliver()) == 1


async def test_another_practices_contacts_are_nobody(make: Make, post_office: PostOffice):
    coach, other = await make.coach(), await make.coach()
    [theirs] = await contacts(make, other, 1)

    answer = await coach.http.post(BATCHES, json={"contact_ids": [str(theirs)]}, headers=key())

    assert answer.json()["skipped"] == {"not_found": 1}
    assert await post_office.deliver() == []
