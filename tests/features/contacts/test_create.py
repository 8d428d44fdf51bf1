import pytest

from tests.make import Make


async def test_a_contact_needs_only_a_first_name(make: Make) -> None:
    coach = await make.coach()
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Maya"})
    contact = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/contacts/{contact['id']}"
    assert contact["first_name"] == "Maya"
    assert contact["portal"]["status"] == "not_invited"
