"""The floor: a bare ASGI function over asyncpg and orjson, with the same SQL, auth and answers.

It validates nothing, throttles nobody and knows no errors: what an API is for is what it leaves
out. Nothing that keeps the payload right can be faster.
"""

import time
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import asyncpg
import orjson

from app.access.principal import Caller, Space
from app.access.tokens import AccessTokens
from app.core.clock import now
from app.core.events import FANOUT
from app.core.ids import new_id
from app.core.jobs import NORMAL
from app.core.keys import signing_key
from app.features.contacts.events import ContactCreated
from app.repositories.contact_cards import CARD_FIELDS, WRITTEN
from app.settings import load_settings
from bench.floor.connecting import place
from bench.floor.statements import ADDED, LIST, ONE, STANDING, Statement

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

REMEMBER_SECONDS = 5.0
OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_PASSTHROUGH_SUBCLASS


class Floor:
    """Contacts, one, listed and added."""

    def __init__(self) -> None:
        self._settings = load_settings()
        self._tokens = AccessTokens(signing_key(self._settings))
        self._admitted: dict[str, tuple[float, Space]] = {}
        self._pool: asyncpg.Pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"] == "/livez":
            await _answer(send, 200, b"{}")
        else:
            space = await self._admit(dict(scope["headers"])[b"authorization"].decode()[7:])
            await _answer(send, *await self._contacts(scope, receive, space))

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._pool = await asyncpg.create_pool(
            **place(str(self._settings.database_url)),
            min_size=self._settings.database_pool,
            max_size=self._settings.database_pool,
            init=_read_json,
            reset=_leave_as_it_is,
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _admit(self, token: str) -> Space:
        """As the doorkeeper does it: an admitted token is not asked again for five seconds."""
        remembered = self._admitted.get(token)
        if remembered and remembered[0] > time.monotonic():
            return remembered[1]
        caller = self._tokens.verify(token)
        space = caller.space
        assert space is not None
        [standing] = await self._fetch(STANDING, {**_who(caller, space), "now": now()})
        assert standing[0]
        self._admitted[token] = (time.monotonic() + REMEMBER_SECONDS, space)
        return space

    async def _contacts(self, scope: Scope, receive: Receive, space: Space) -> tuple[int, bytes]:
        if scope["method"] == "POST":
            return 201, await self._add(orjson.loads((await receive())["body"]), space)
        if scope["query_string"]:
            return 200, await self._list(scope["query_string"], space)
        contact_id = UUID(scope["path"].rpartition("/")[2])
        [row] = await self._fetch(
            ONE, {"workspace_id": space.workspace_id, "contact_id": contact_id}
        )
        return 200, _json(_contact(row))

    async def _list(self, query: bytes, space: Space) -> bytes:
        limit = int(parse_qs(query)[b"limit"][0])
        rows = await self._fetch(LIST, {"workspace_id": space.workspace_id, "row_limit": limit + 1})
        more = len(rows) > limit
        data = [_contact(row) for row in rows[:limit]]
        cursor = _cursor(data[-1]["id"]) if more else None
        return _json({"data": data, "next_cursor": cursor, "has_more": more})

    async def _add(self, body: dict[str, Any], space: Space) -> bytes:
        contact_id, workspace_id = new_id(), space.workspace_id
        values = dict.fromkeys(WRITTEN) | {"type": "client", "custom_fields": {}} | body
        values |= {
            "id": contact_id,
            "workspace_id": workspace_id,
            "email_norm": body["email"].lower(),
            "tag_keys": [tag.casefold() for tag in body["tags"]],
            "coach_id": space.member_id,
        }
        event_id = new_id()
        event = {
            "workspace_id": workspace_id,
            "id": event_id,
            "type": ContactCreated.type,
            "actor_kind": "member",
            "actor_id": space.member_id,
            "contact_id": contact_id,
            "subject_id": contact_id,
            "data": {"source": None},
        }
        job = {"workspace_id": str(workspace_id), "event_ids": [str(event_id)]}
        parameters = {f"new_{name}": value for name, value in values.items()}
        parameters |= {f"event_{name}": value for name, value in event.items()}
        parameters |= {"job_payload": job, "job_lane": NORMAL, "job_run_at": now(), "kind": FANOUT}
        [row] = await self._fetch(ADDED, parameters)
        return _json(_contact(row))

    async def _fetch(self, statement: Statement, values: dict[str, Any]) -> list[asyncpg.Record]:
        async with self._pool.acquire() as connection:
            rows: list[asyncpg.Record] = await connection.fetch(
                statement.sql, *statement.parameters(values)
            )
            return rows


def _who(caller: Caller, space: Space) -> dict[str, Any]:
    return {
        "session_id": caller.session_id,
        "user_id": caller.user_id,
        "workspace_id": space.workspace_id,
        "role": space.role,
    }


def _contact(row: asyncpg.Record) -> dict[str, Any]:
    contact = {name: row[name] for name in CARD_FIELDS}
    contact["custom_fields"] = row["custom_fields"] or {}
    ends_at = row["invite_expires_at"]
    contact["portal"] = {
        "status": row["portal_status"],
        "invited_at": row["invited_at"],
        "invite_expires_at": ends_at,
        "invite_expired": row["portal_status"] == "pending" and ends_at <= now(),
        "activated_at": row["activated_at"],
        "last_active_at": row["last_active_at"],
        "last_invite_delivery": _delivery(row),
    }
    return contact


def _delivery(row: asyncpg.Record) -> dict[str, Any] | None:
    if row["invite_event_id"] is None:
        return None
    status = row["invite_email_status"] or "queued"
    return {"status": status, "smtp_reply": row["invite_email_reply"]}


def _cursor(contact_id: UUID) -> str:
    return urlsafe_b64encode(_json(["-created_at", contact_id])).rstrip(b"=").decode()


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=OPTIONS, default=str)


async def _read_json(connection: asyncpg.Connection) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(
            kind,
            schema="pg_catalog",
            encoder=lambda value: orjson.dumps(value).decode(),
            decoder=orjson.loads,
        )


async def _leave_as_it_is(_: asyncpg.Connection) -> None:
    """Nothing to undo between two requests; asyncpg would spend a round trip on it."""


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
