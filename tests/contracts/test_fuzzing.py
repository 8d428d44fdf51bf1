"""Whatever is sent to whichever operation: no 5xx, and only answers the document announces.

schemathesis makes the requests from the OpenAPI document, right ones and wrong ones; the ids in
their paths are real. `ATRIUM_FUZZ=50 make test ARGS=tests/contracts/test_fuzzing.py` tries more of
each operation, and others in each run.
"""

import os
from functools import cache
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks

from tests.contracts.operations import DOCUMENT, Operation, operations
from tests.contracts.targets import TARGETS
from tests.make import Make, Person

ASKED = int(os.environ.get("ATRIUM_FUZZ", "0"))
EXAMPLES = ASKED or 2
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
OURS = {"authorization", "idempotency-key", "content-length", "host", "connection"}
"""Headers that are not left to chance, or belong to the connection."""
FILES = {"multipart/form-data", "application/pdf"}
ANNOUNCED = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@cache
def schema() -> Any:
    return schemathesis.openapi.from_path(DOCUMENT)


def takes_something(operation: Operation) -> bool:
    """Whether there is more to it than its path, and less than a file."""
    described = schema().raw_schema["paths"][operation.path][operation.method.lower()]
    places = {parameter.get("in", "header") for parameter in described.get("parameters", ())}
    bodies = described.get("requestBody", {"content": {}})["content"]
    return bool(bodies or "query" in places) and not FILES & bodies.keys()


def requests_for(operation: Operation) -> list[schemathesis.Case[Any]]:
    """Some right requests and some wrong ones: the same in each run, unless more were asked for."""
    found: list[schemathesis.Case[Any]] = []
    for mode in MODES:
        quick = settings(
            max_examples=EXAMPLES,
            phases=[Phase.generate],
            derandomize=not ASKED,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        made = schema()[operation.path][operation.method].as_strategy(generation_mode=mode)

        @quick
        @given(made)
        def collect(case: schemathesis.Case[Any]) -> None:
            found.append(case)

        collect()
    return found


FUZZED = [one for one in operations() if takes_something(one)]


@pytest.mark.parametrize("operation", FUZZED, ids=lambda operation: operation.name)
async def test_whatever_is_sent_is_answered_as_announced(operation: Operation, make: Make):
    owner = await make.coach()
    known = [name for name in operation.parameters if name in TARGETS]
    names = {name: str(await TARGETS[name](make, owner)) for name in known}
    for case in requests_for(operation):
        caller = await _caller(operation, make, owner)
        case.path_parameters.update(names)
        answer = await _send(caller.http, case)
        case.validate_response(answer, checks=ANNOUNCED)


async def _caller(operation: Operation, make: Make, owner: Person) -> Person:
    """Whoever it is for, their session not yet ended by the request before."""
    if operation.side == "client":
        return await make.client(workspace_id=owner.workspace_id)
    return await make.coach(workspace_id=owner.workspace_id)


async def _send(http: httpx.AsyncClient, case: schemathesis.Case[Any]) -> httpx.Response:
    wire = case.as_transport_kwargs(base_url="http://testserver")
    headers = {k: v for k, v in wire.pop("headers").items() if k.lower() not in OURS}
    wire.pop("cookies")
    if isinstance(wire.get("data"), bytes | str):
        wire["content"] = wire.pop("data")
    return await http.request(**wire, headers=headers)
