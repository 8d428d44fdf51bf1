import json
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import Depends, Query, Response
from fastapi.security import OAuth2PasswordBearer

from app.core.errors import Conflict, VersionRequired
from app.core.etags import IfMatch
from app.core.fields import In, Name, Out
from app.core.idempotency import IdempotencyRequired
from app.core.openapi import dump_openapi
from app.core.paging import Page, PageQuery
from app.core.problem_catalogue import catalogue, problems
from app.core.strict_route import api_router
from tests.core.small_app import small_app

bearer = OAuth2PasswordBearer(tokenUrl="/v1/auth/token", auto_error=False)
Token = Annotated[str | None, Depends(bearer)]

router = api_router("/v1/things", "things")


class ThingIn(In):
    name: Name


class ThingOut(Out):
    id: UUID


@router.post("", status_code=201, responses=problems(Conflict))
async def create_thing(body: ThingIn, token: Token) -> ThingOut:
    raise NotImplementedError


@router.post("/bulk", dependencies=[IdempotencyRequired])
async def create_things(body: list[ThingIn], token: Token) -> ThingOut:
    raise NotImplementedError


@router.get("")
async def list_things(query: Annotated[PageQuery, Query()], token: Token) -> Page[ThingOut]:
    raise NotImplementedError


@router.get("/{thing_id}/page", response_model=ThingOut)
async def get_page(thing_id: UUID, token: Token) -> ThingOut | Response:
    raise NotImplementedError


@router.get("/{thing_id}")
async def get_thing(thing_id: UUID, token: Token) -> ThingOut:
    raise NotImplementedError


@router.patch("/{thing_id}", responses=problems(VersionRequired))
async def change_thing(
    thing_id: UUID, body: ThingIn, token: Token, if_match: IfMatch = None
) -> ThingOut:
    raise NotImplementedError


@router.post("/public")
async def sign_up(body: ThingIn) -> ThingOut:
    raise NotImplementedError


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(dump_openapi(small_app(router)))
    return document


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def operation(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(found for found in operations(document) if found["operationId"] == name)


def codes(document: dict[str, Any], name: str, status: int) -> set[str]:
    reference = operation(document, name)["responses"][str(status)]["$ref"]
    answer = document["components"]["responses"][reference.rsplit("/", 1)[1]]
    return set(answer["content"]["application/problem+json"]["examples"])


def test_operations_are_called_what_their_functions_are_called(document: dict[str, Any]) -> None:
    names = {found["operationId"]: found["summary"] for found in operations(document)}

    assert names["create_thing"] == "Create thing"
    assert len(names) == 7


def test_what_an_operation_refuses_follows_from_what_it_takes(document: dict[str, Any]) -> None:
    statuses = {found["operationId"]: set(found["responses"]) for found in operations(document)}

    signed_in = {"400", "401", "403", "429", "500", "503"}
    body = {"413", "415", "422"}
    assert statuses["list_things"] == {"200", "422"} | signed_in
    assert statuses["get_thing"] == {"200", "404"} | signed_in
    assert statuses["create_thing"] == {"201", "409"} | signed_in | body
    assert statuses["change_thing"] == {"200", "404", "412", "428"} | signed_in | body
    assert statuses["sign_up"] == {"200", "400", "500", "503"} | body


def test_a_routes_own_refusals_join_the_general_ones(document: dict[str, Any]) -> None:
    assert codes(document, "create_thing", 409) == {"conflict", "idempotency_key_in_use"}
    assert codes(document, "create_thing", 422) == {"validation_failed", "idempotency_key_reused"}
    assert "idempotency_key_required" in codes(document, "create_things", 400)
    assert codes(document, "sign_up", 422) == {"validation_failed"}


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for answer in document["components"]["responses"].values():
        content = answer["content"]["application/problem+json"]
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert answer["headers"].keys() >= {"X-Request-Id"}


def test_the_list_of_codes_is_closed(document: dict[str, Any]) -> None:
    listed = document["components"]["schemas"]["ProblemCode"]["enum"]

    assert listed == sorted(set(listed)) == list(catalogue())
    for answer in document["components"]["responses"].values():
        assert set(answer["content"]["application/problem+json"]["examples"]) <= set(listed)


def test_signed_in_posts_take_an_idempotency_key(document: dict[str, Any]) -> None:
    def key_of(name: str) -> list[dict[str, Any]]:
        parameters = operation(document, name).get("parameters", ())
        references = [p["$ref"].rsplit("/", 1)[1] for p in parameters if "$ref" in p]
        return [document["components"]["parameters"][reference] for reference in references]

    assert [key["required"] for key in key_of("create_thing")] == [False]
    assert [key["required"] for key in key_of("create_things")] == [True]
    assert key_of("sign_up") == key_of("list_things") == []


def test_operations_say_whether_one_must_sign_in(document: dict[str, Any]) -> None:
    assert operation(document, "get_thing")["security"] == [{"bearer": []}, {"password": []}]
    assert operation(document, "sign_up")["security"] == []
    schemes = document["components"]["securitySchemes"]
    assert schemes["password"]["flows"]["password"]["tokenUrl"] == "/v1/auth/token"


def test_answers_carry_the_request_id(document: dict[str, Any]) -> None:
    for found in operations(document):
        for status, answer in found["responses"].items():
            assert "$ref" in answer or "X-Request-Id" in answer["headers"], status


def test_stock_validation_errors_are_not_mentioned(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in json.dumps(document)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for part in ("schemas", "responses", "parameters", "headers"):
        for name in document["components"][part]:
            assert f'"#/components/{part}/{name}"' in text, f"{name} is not used"
    for reference in _references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_the_text_is_the_same_every_time() -> None:
    assert dump_openapi(small_app(router)) == dump_openapi(small_app(router))


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def test_whoever_has_a_thing_already_may_be_told_so(document: dict[str, Any]):
    page = document["paths"]["/v1/things/{thing_id}/page"]["get"]["responses"]
    assert page["304"]["description"] == "Not changed since the `If-None-Match`"
    assert "content" not in page["304"]
    assert "304" not in document["paths"]["/v1/things/{thing_id}"]["get"]["responses"]
