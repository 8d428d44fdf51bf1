"""Dependencies without parameters keep FastAPI's rules, at a fraction of its price."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest
from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from app.core.dependency_leaves import with_leaves
from app.core.errors import Conflict
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

things = api_router("/v1/things", "things")

Log = list[str]


async def log(request: Request) -> Log:
    told: Log = request.app.state.log
    told.append("log")
    return told


async def session(log: Annotated[Log, Depends(log)]) -> AsyncIterator[str]:
    log.append("opened")
    try:
        yield "session"
    except Conflict:
        log.append("rolled back")
        raise
    else:
        log.append("committed")


Session = Annotated[str, Depends(session, scope="function")]


async def repository(session: Session) -> str:
    return f"repository of {session}"


async def thing(repository: Annotated[str, Depends(repository)], thing_id: int) -> str:
    return f"{thing_id} in {repository}"


class Greeter:
    """Called like a function, as security schemes are."""

    async def __call__(self, request: Request) -> str:
        return request.headers.get("x-greeting", "none")


@things.get("/{thing_id}")
async def get_thing(
    log: Annotated[Log, Depends(log)],
    session: Session,
    repository: Annotated[str, Depends(repository)],
    thing: Annotated[str, Depends(thing)],
    greeting: Annotated[str, Depends(Greeter())],
) -> list[str]:
    log.append("ran")
    return [session, repository, thing, greeting]


@things.delete("/{thing_id}")
async def delete_thing(thing_id: int, session: Session) -> None:
    raise Conflict(f"{session} keeps {thing_id}")


async def test_each_is_made_once_for_a_request_and_again_for_the_next():
    app = small_app(things, log=[])
    async with client_of(app) as http:
        for _ in range(2):
            answer = await http.get("/v1/things/7", headers={"X-Greeting": "hello"})
            assert answer.json() == [
                "session",
                "repository of session",
                "7 in repository of session",
                "hello",
            ]

    assert app.state.log == ["log", "opened", "ran", "committed"] * 2


async def test_a_failure_reaches_the_session_before_it_is_answered():
    app = small_app(things, log=[])
    async with client_of(app) as http:
        answer = await http.delete("/v1/things/7")

    assert answer.status_code == 409
    assert app.state.log == ["log", "opened", "rolled back"]


async def test_parameters_are_validated_as_ever():
    async with client_of(small_app(things, log=[])) as http:
        answer = await http.get("/v1/things/seven")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("call", "is_leaf"),
    [(log, True), (Greeter(), True), (Greeter, False), (len, False), (lambda: 1, False)],
)
def test_only_what_runs_in_the_event_loop_is_made_a_leaf(call: object, is_leaf: bool):  # noqa: FBT001 - a column of the table
    root = Dependant(dependencies=[Dependant(call=call, name="it")])  # type: ignore[arg-type]  # some can't be called
    [part] = with_leaves(root).dependencies

    assert (part.call is not call) == is_leaf
