"""Adding contacts and fields through the API, as most tests begin."""

from typing import Any

from tests.make import Person


async def add_contact(coach: Person, **fields: Any) -> dict[str, Any]:
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Maya", **fields})
    assert answer.status_code == 201, answer.text
    contact: dict[str, Any] = answer.json()
    return contact


async def define_field(coach: Person, **fields: Any) -> dict[str, Any]:
    answer = await coach.http.post("/v1/custom-fields", json={"label": "Of our own", **fields})
    assert answer.status_code == 201, answer.text
    field: dict[str, Any] = answer.json()
    return field


async def listed(coach: Person, **query: Any) -> list[str]:
    """The first names of the contacts a query finds."""
    answer = await coach.http.get("/v1/contacts", params=query)
    assert answer.status_code == 200, answer.text
    return [contact["first_name"] for contact in answer.json()["data"]]
