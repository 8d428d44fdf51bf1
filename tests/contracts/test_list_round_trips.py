"""A list of a hundred costs as many round trips as a list of one: nothing is asked row by row."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.contracts.crowds import CROWDS
from tests.contracts.operations import DOCUMENT, Operation, operations
from tests.contracts.targets import TARGETS
from tests.contracts.wired import Wired

MANY = 100

AS_LONG_AS_THE_APP = {"list_email_templates"}
"""Lists of what the app itself has: no practice makes them longer."""

Json = dict[str, Any]


def lists() -> Iterator[Operation]:
    """The operations that answer with an array of `data`."""
    document: Json = json.loads(DOCUMENT.read_text("utf-8"))
    for operation in operations():
        described = document["paths"][operation.path][operation.method.lower()]
        listed = operation.method == "GET" and "data" in _properties(described, document)
        if listed and operation.name not in AS_LONG_AS_THE_APP:
            yield operation


def _properties(described: Json, document: Json) -> Json:
    content: Json = described["responses"]["200"].get("content", {})
    schema: Json = content.get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    properties: Json = document["components"]["schemas"].get(name, {}).get("properties", {})
    return properties


@pytest.mark.parametrize("operation", list(lists()), ids=lambda one: str(one.name))
async def test_a_hundred_rows_cost_no_more_than_one(operation: Operation, wired: Wired):
    coach = reader = await wired.make.coach()
    if operation.side == "client":
        reader = await wired.make.client(workspace_id=coach.workspace_id)
    things = [await TARGETS[name](wired.make, coach) for name in operation.parameters]
    url = operation.path.format(**dict(zip(operation.parameters, things, strict=True)))
    under = next((thing for thing in things if isinstance(thing, UUID)), None)
    crowd = CROWDS[operation.name]

    async def seen_among(numbers: range) -> tuple[int, int]:
        async with wired.make.runtime.database.writing() as session:
            await crowd(session, reader, under, numbers)
        traffic = await wired.traffic(reader.http, "GET", url)
        return len((await reader.http.get(url)).json()["data"]), traffic.round_trips

    few, few_trips = await seen_among(range(1))
    many, many_trips = await seen_among(range(1, MANY))

    assert few < 5
    assert many >= 25
    assert many_trips == few_trips
