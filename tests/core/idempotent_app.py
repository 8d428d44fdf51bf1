"""A small app whose POSTs count what they do, with sign-in replaced by a header."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.errors import Conflict, TooManyRequests, Unauthorized
from app.core.fields import In
from app.core.idempotency import IdempotencyRequired, claim
from app.core.openapi import Api
from app.core.strict_route import api_router
from tests.core.small_app import small_app

DOOR = text("SELECT pg_advisory_xact_lock(42)")
"""What a waiting effect waits for: a test may hold it shut."""

COUNT = text("SELECT count(*) FROM effects")


class ThingIn(In):
    name: str
    waits: bool = False


class Taken(Conflict):
    code, title = "taken", "Taken"


async def unit_of_work(
    request: Request, principal: Annotated[str, Header()] = "maya"
) -> AsyncIterator[AsyncSession]:
    database: Database = request.app.state.database
    async with database.writing() as session:
        await claim(session, request, principal)
        yield session


Session = Annotated[AsyncSession, Depends(unit_of_work, scope="function")]


async def idempotent_app(database: Database) -> Api:
    """The app; its effects are rows of the table `effects`."""
    async with database.writing() as session:
        await session.execute(text("CREATE TABLE effects (name text NOT NULL)"))
    return small_app(_router(), database=database)


async def effects(database: Database) -> int:
    """How often something was done."""
    async with database.reading() as session:
        count: int = (await session.execute(COUNT)).scalar_one()
        return count


async def _do(session: AsyncSession, body: ThingIn) -> None:
    await session.execute(text("INSERT INTO effects VALUES (:name)"), {"name": body.name})
    if body.waits:
        await session.execute(DOOR)


def _router() -> APIRouter:
    router = api_router("/v1/things", "things")

    @router.post("", status_code=201)
    async def create_thing(body: ThingIn, session: Session, response: Response) -> dict[str, int]:
        await _do(session, body)
        response.headers["Location"] = "/v1/things/1"
        response.headers["ETag"] = '"v1"'
        return {"number": (await session.execute(COUNT)).scalar_one()}

    @router.post("/{thing_id}/send")
    async def send_thing(thing_id: int, session: Session) -> str:
        await _do(session, ThingIn(name="sent"))
        return f"sent {thing_id}"

    @router.post("/taken")
    async def take_thing(body: ThingIn, session: Session) -> None:
        await _do(session, body)
        raise Taken

    @router.post("/refused/{status}")
    async def refuse(status: int, body: ThingIn, session: Session) -> None:
        await _do(session, body)
        raise {401: Unauthorized, 429: TooManyRequests}[status]

    @router.post("/broken")
    async def break_down(body: ThingIn, session: Session) -> None:
        await _do(session, body)
        raise RuntimeError

    @router.post("/clash")
    async def clash(body: ThingIn, session: Session) -> None:
        await _do(session, body)
        await session.execute(text("SELECT 1/0"))

    @router.post("/bulk", dependencies=[IdempotencyRequired])
    async def create_things(body: ThingIn, session: Session) -> str:
        await _do(session, body)
        return "done"

    return router
