"""How many statements each operation costs: the hot ones, and none more for more rows."""

from typing import Any
from uuid import UUID

import pytest

from app.core.db import Database
from app.models import Contact, Event
from tests.features.contacts.adding import add_contact, define_field
from tests.make import Make, Person
from tests.repositories.watching import watch


async def statements(database: Database, coach: Person, method: str, url: str, body: Any) -> int:
    await coach.http.get("/v1/contacts/counts")  # lets the doorkeeper know the caller
    with watch(database.engine) as sent:
        answer = await coach.http.request(method, url, json=body)
    assert answer.is_success, answer.text
    return len(sent)


@pytest.mark.parametrize(
    ("method", "path", "body", "wanted"),
    [
        ("GET", "/v1/contacts/{id}", None, 1),
        ("GET", "/v1/contacts?limit=50", None, 1),
        ("GET", "/v1/contacts?search=a&sort=name&tag=vip", None, 1),
        ("GET", "/v1/contacts/counts", None, 1),
        ("GET", "/v1/contacts/tags", None, 1),
        ("GET", "/v1/contacts/{id}/timeline", None, 2),
        ("POST", "/v1/contacts", {"first_name": "Noah", "tags": ["vip"]}, 1),
        ("POST", "/v1/contacts", {"first_name": "Noah", "custom_fields": {"size": 1}}, 2),
        ("PATCH", "/v1/contacts/{id}", {"company": "Larks"}, 4),
        ("POST", "/v1/contacts/{id}/archive", None, 4),
        ("DELETE", "/v1/contacts/{id}", None, 4),
    ],
)
async def test_each_operation_has_its_price(
    make: Make, database: Database, method: str, path: str, body: Any, wanted: int
):
    coach = await make.coach()
    await define_field(coach, key="size", kind="number")
    contact = await add_contact(coach, custom_fields={"size": 41})
    url = path.format(id=contact["id"])
    assert await statements(database, coach, method, url, body) == wanted


async def ninety_nine_more(database: Database, coach: Person, contact_id: UUID) -> None:
    """Of everything the lists below show."""
    workspace = {"workspace_id": coach.workspace_id}
    by_system = {"type": "contact.updated", "actor_kind": "system", "contact_id": contact_id}
    async with database.writing(coach.workspace_id) as session:
        for n in range(99):
            session.add(Contact(**workspace, first_name=f"{n}", custom_fields={"size": n}))
            session.add(Event(**workspace, **by_system, data={"changed": []}))


@pytest.mark.parametrize("path", ["/v1/contacts?limit=100", "/v1/contacts/{id}/timeline?limit=100"])
async def test_a_hundred_rows_cost_no_more_than_one(make: Make, database: Database, path: str):
    coach = await make.coach()
    await define_field(coach, key="size", kind="number")
    contact = await add_contact(coach, custom_fields={"size": 41})
    url = path.format(id=contact["id"])
    one = await statements(database, coach, "GET", url, None)
    await ninety_nine_more(database, coach, UUID(contact["id"]))
    assert len((await coach.http.get(url)).json()["data"]) == 100
    assert await statements(database, coach, "GET", url, None) == one
