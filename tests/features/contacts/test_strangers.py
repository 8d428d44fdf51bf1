"""Who may not: other practices, clients, nobody; and ids that are none."""

from typing import Any
from uuid import uuid4

import pytest

from tests.features.contacts.adding import add_contact, define_field, listed
from tests.make import Make

ON_ONE = [
    ("GET", "/v1/contacts/{id}", None),
    ("PATCH", "/v1/contacts/{id}", {"first_name": "Mine"}),
    ("DELETE", "/v1/contacts/{id}", None),
    ("POST", "/v1/contacts/{id}/archive", None),
    ("POST", "/v1/contacts/{id}/unarchive", None),
    ("GET", "/v1/contacts/{id}/timeline", None),
]
ON_ALL = [
    ("GET", "/v1/contacts", None),
    ("POST", "/v1/contacts", {"first_name": "Maya"}),
    ("GET", "/v1/contacts/counts", None),
    ("GET", "/v1/contacts/tags", None),
    ("GET", "/v1/custom-fields", None),
    ("POST", "/v1/custom-fields", {"key": "a", "label": "A", "kind": "text"}),
]
ON_FIELD = [
    ("PATCH", "/v1/custom-fields/{id}", {"label": "Mine"}),
    ("DELETE", "/v1/custom-fields/{id}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ON_ONE)
async def test_another_practices_contact_is_not_there(
    make: Make, method: str, path: str, body: Any
):
    coach, stranger = await make.coach(), await make.coach()
    contact = await add_contact(coach)
    answers = [
        await stranger.http.request(method, path.format(id=contact_id), json=body)
        for contact_id in (contact["id"], uuid4(), "not-an-id", "%00", "null")
    ]
    assert [answer.status_code for answer in answers if answer.status_code != 400] == [404] * 4
    known, unknown = (answer.json() | {"request_id": ""} for answer in answers[:2])
    assert known == unknown
    assert (await coach.http.get(f"/v1/contacts/{contact['id']}")).json() == contact


@pytest.mark.parametrize(("method", "path", "body"), ON_FIELD)
async def test_another_practices_field_is_not_there(make: Make, method: str, path: str, body: Any):
    coach, stranger = await make.coach(), await make.coach()
    field = await define_field(coach, key="size", kind="number")
    for field_id in (field["id"], uuid4(), "x"):
        answer = await stranger.http.request(method, path.format(id=field_id), json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await coach.http.get("/v1/custom-fields")).json()["data"] == [field]


@pytest.mark.parametrize(("method", "path", "body"), [*ON_ONE, *ON_ALL, *ON_FIELD])
async def test_clients_are_kept_out(make: Make, method: str, path: str, body: Any):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    answer = await client.http.request(method, path.format(id=client.contact_id), json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "coaches_only")


@pytest.mark.parametrize(("method", "path", "body"), [*ON_ONE, *ON_ALL, *ON_FIELD])
async def test_nobody_is_told_to_sign_in(make: Make, method: str, path: str, body: Any):
    answer = await make.anonymous().request(method, path.format(id=uuid4()), json=body)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


async def test_lists_counts_and_tags_hold_ones_own_only(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    await add_contact(coach, tags=["mine"])
    await define_field(coach, key="size", kind="number")
    assert await listed(stranger, archived="all") == []
    assert (await stranger.http.get("/v1/contacts/counts")).json()["total"] == 0
    assert (await stranger.http.get("/v1/contacts/tags")).json() == {"data": []}
    assert (await stranger.http.get("/v1/custom-fields")).json() == {"data": []}
