"""A coach adds a contact."""

from typing import Any

import pytest
from sqlalchemy import update

from app.core.clock import now
from app.models import Member
from tests.features.contacts.adding import add_contact
from tests.make import Make


async def test_a_first_name_is_enough(make: Make):
    coach = await make.coach()
    answer = await coach.http.post("/v1/contacts", json={"first_name": " Maya "})
    contact = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/contacts/{contact['id']}"
    assert answer.headers["ETag"].startswith('"v1')
    assert contact["first_name"] == "Maya"
    assert contact["type"] == "client"
    assert contact["portal"]["status"] == "not_invited"
    assert contact["portal"]["last_invite_delivery"] is None


async def test_every_field_comes_back_as_it_was_meant(make: Make):
    coach = await make.coach()
    sent = {
        "first_name": "Zoë",
        "last_name": "O'Neil-Łukasz",
        "email": "Zoe@example.test",
        "phone": "+49 30 123456",
        "company": "Larks & Sons",
        "job_title": "CEO",
        "time_zone": "Europe/Berlin",
        "type": "prospect",
        "tags": ["VIP", "Spring cohort"],
        "external_id": "crm-17",
        "source": "newsletter",
    }
    added = await add_contact(coach, **sent)
    assert added == (await coach.http.get(f"/v1/contacts/{added['id']}")).json()
    assert {name: added[name] for name in sent} == {**sent, "phone": "+4930123456"}


async def test_a_contact_is_its_creators_unless_said_otherwise(make: Make):
    owner = await make.coach()
    colleague = await make.coach(role="coach", workspace_id=owner.workspace_id)
    mine = await add_contact(owner)
    theirs = await add_contact(owner, coach_id=str(colleague.member_id))
    assert mine["coach_id"] == str(owner.member_id)
    assert theirs["coach_id"] == str(colleague.member_id)


async def test_a_coach_of_another_practice_cannot_be_given_contacts(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    answer = await coach.http.post(
        "/v1/contacts", json={"first_name": "Maya", "coach_id": str(stranger.member_id)}
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "unknown_coach"
    assert answer.json()["errors"][0]["pointer"] == "/coach_id"


async def test_a_member_who_left_gets_no_new_contacts(make: Make):
    owner = await make.coach()
    gone = await make.coach(role="coach", workspace_id=owner.workspace_id)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        await session.execute(
            update(Member).where(Member.id == gone.member_id).values(removed_at=now())
        )
    body = {"first_name": "Maya", "coach_id": str(gone.member_id)}
    answer = await owner.http.post("/v1/contacts", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_coach")


async def test_the_same_request_sent_again_adds_nobody(make: Make):
    coach = await make.coach()
    body, key = {"first_name": "Maya"}, {"Idempotency-Key": "once"}
    first = await coach.http.post("/v1/contacts", json=body, headers=key)
    second = await coach.http.post("/v1/contacts", json=body, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second.headers["Location"] == first.headers["Location"]
    assert (await coach.http.get("/v1/contacts/counts")).json()["total"] == 1


async def test_adding_is_told_on_the_timeline(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, source="newsletter")
    story = (await coach.http.get(f"/v1/contacts/{contact['id']}/timeline")).json()["data"]
    assert [entry["type"] for entry in story] == ["contact.created"]
    assert story[0]["data"] == {"source": "newsletter"}


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("first_name", "", "/first_name"),
        ("first_name", "  ", "/first_name"),
        ("first_name", "x" * 101, "/first_name"),
        ("first_name", "Ma\x00ya", "/first_name"),
        ("first_name", "Ma\nya", "/first_name"),
        ("first_name", 7, "/first_name"),
        ("first_name", None, "/first_name"),
        ("email", "nobody", "/email"),
        ("email", "a@b@example.test", "/email"),
        ("email", f"{'x' * 250}@example.test", "/email"),
        ("phone", "12345", "/phone"),
        ("time_zone", "Europe/Atlantis", "/time_zone"),
        ("type", "friend", "/type"),
        ("tags", "vip", "/tags"),
        ("tags", ["x" * 41], "/tags/0"),
        ("tags", ["vip\x00"], "/tags/0"),
        ("tags", [f"tag {n}" for n in range(51)], "/tags"),
        ("coach_id", "me", "/coach_id"),
        ("custom_fields", [], "/custom_fields"),
        ("external_id", "", "/external_id"),
        ("send_portal_invite", "yes", "/send_portal_invite"),
        ("id", "01890000-0000-7000-8000-000000000000", "/id"),
        ("portal", {"status": "active"}, "/portal"),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_its_place(
    make: Make, field: str, value: Any, pointer: str
):
    coach = await make.coach()
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Maya", field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    counts = await coach.http.get("/v1/contacts/counts")
    assert counts.json()["total"] == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"first_name": "\xff"}'])
async def test_a_body_that_is_no_contact_is_refused(make: Make, body: bytes):
    coach = await make.coach()
    headers = {"Content-Type": "application/json"}
    answer = await coach.http.post("/v1/contacts", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
