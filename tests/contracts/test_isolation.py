"""Every operation is closed to everybody it is not for, by every name it takes."""

from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from app.access.permissions import GRANTED, Permission
from app.access.principal import Role
from tests.contracts.bodies import BODIES, RAW_BODIES
from tests.contracts.operations import Operation, operations
from tests.contracts.permissions import permission_of
from tests.contracts.targets import TARGETS
from tests.make import Make, Person

OPERATIONS = operations()
CLOSED = [one for one in OPERATIONS if not one.is_open]
NAMING = [one for one in CLOSED if one.parameters]


def by_name(operation: Operation) -> str:
    return operation.name


async def path_to(operation: Operation, make: Make, owner: Person) -> str:
    """The operation's path with things of this owner's practice in it."""
    names = {name: await TARGETS[name](make, owner) for name in operation.parameters}
    return operation.path.format(**names)


async def ask(http: httpx.AsyncClient, operation: Operation, path: str) -> httpx.Response:
    """The request as its rightful caller would send it."""
    headers = {"Idempotency-Key": uuid4().hex, "If-Match": "*"}
    if operation.name in RAW_BODIES:
        headers["Content-Type"] = "image/png"
        content = RAW_BODIES[operation.name]
        return await http.request(operation.method, path, content=content, headers=headers)
    body = BODIES.get(operation.name)
    return await http.request(operation.method, path, json=body, headers=headers)


@pytest.mark.parametrize("operation", CLOSED, ids=by_name)
async def test_nobody_gets_in_without_signing_in(operation: Operation, make: Make):
    owner = await make.coach()
    async with make.anonymous() as nobody:
        answer = await ask(nobody, operation, await path_to(operation, make, owner))

    assert answer.status_code == 401


@pytest.mark.parametrize("operation", NAMING, ids=by_name)
async def test_another_practices_things_do_not_exist(operation: Operation, make: Make):
    owner = await make.coach()
    stranger = await _peer(operation, make)
    answer = await ask(stranger.http, operation, await path_to(operation, make, owner))

    assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("operation", [one for one in CLOSED if one.side == "member"], ids=by_name)
async def test_a_client_has_no_business_on_the_coach_side(operation: Operation, make: Make):
    owner = await make.coach()
    client = await make.client(workspace_id=owner.workspace_id)
    answer = await ask(client.http, operation, await path_to(operation, make, owner))

    assert answer.status_code == 403, answer.text


@pytest.mark.parametrize("operation", [one for one in CLOSED if one.side == "client"], ids=by_name)
async def test_a_coach_has_no_business_in_the_portal(operation: Operation, make: Make):
    owner = await make.coach()
    answer = await ask(owner.http, operation, await path_to(operation, make, owner))

    assert answer.status_code in {403, 404}, answer.text


@pytest.mark.parametrize(
    "operation",
    [one for one in NAMING if one.side == "client"],
    ids=by_name,
)
async def test_another_clients_things_do_not_exist(operation: Operation, make: Make):
    owner = await make.coach()
    other = await make.client(workspace_id=owner.workspace_id)
    answer = await ask(other.http, operation, await path_to(operation, make, owner))

    assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("operation", [one for one in CLOSED if one.side == "member"], ids=by_name)
@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_a_role_may_do_what_it_was_granted_and_no_more(
    operation: Operation, role: Role, app: FastAPI, make: Make
):
    needed = permission_of(app, operation)
    assert needed, f"{operation.name} asks for no permission"
    if needed in GRANTED[role]:
        return
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)
    answer = await ask(member.http, operation, await path_to(operation, make, owner))

    assert answer.status_code == 403, answer.text
    assert answer.json()["code"] == "missing_permission"


async def _peer(operation: Operation, make: Make) -> Person:
    """Somebody with every right, in another practice."""
    elsewhere = await make.coach()
    if operation.side == "client":
        return await make.client(workspace_id=elsewhere.workspace_id)
    return elsewhere


def test_every_permission_guards_something(app: FastAPI):
    asked = {permission_of(app, one) for one in CLOSED if one.side == "member"}

    assert set(Permission) <= asked
