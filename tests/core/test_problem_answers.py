import httpx

from app.core.errors import AppError, Conflict, NotFound, Unauthorized
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app


class OutOfTea(Conflict):
    code, title = "out_of_tea", "No tea left"


async def refused_with(error: AppError) -> httpx.Response:
    router = api_router("/v1/things", "things")

    @router.get("")
    async def get_things() -> None:
        raise error

    async with client_of(small_app(router)) as http:
        return await http.get("/v1/things", headers={"X-Request-Id": "tea-1"})


async def test_a_named_failure_is_answered_as_problem_json() -> None:
    answer = await refused_with(OutOfTea("The pot is empty.", extra={"cups": 0}))

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/docs/problems#out_of_tea",
        "title": "No tea left",
        "status": 409,
        "code": "out_of_tea",
        "detail": "The pot is empty.",
        "request_id": "tea-1",
        "cups": 0,
    }


async def test_members_that_say_nothing_are_left_out() -> None:
    answer = await refused_with(NotFound())

    assert answer.json().keys() == {"type", "title", "status", "code", "request_id"}


async def test_errors_and_headers_of_a_failure_are_answered() -> None:
    wrong = [{"in": "body", "pointer": "/a", "code": "odd", "detail": "Odd"}]

    answer = await refused_with(OutOfTea(errors=wrong, headers={"Retry-After": "7"}))

    assert answer.json()["errors"] == wrong
    assert answer.headers["retry-after"] == "7"


async def test_unauthorized_names_the_scheme() -> None:
    answer = await refused_with(Unauthorized())

    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_scheme_already_named_is_kept() -> None:
    answer = await refused_with(Unauthorized(headers={"WWW-Authenticate": 'Bearer error="x"'}))

    assert answer.headers["www-authenticate"] == 'Bearer error="x"'


async def test_an_unknown_address_is_a_problem_too() -> None:
    async with client_of(small_app()) as http:
        answer = await http.get("/v1/nowhere")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
