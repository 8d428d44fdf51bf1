"""`Idempotency-Key`: a POST that is sent again is answered again, and done once.

The claim, the effect and the kept answer are one transaction. Whoever sends the same key while
that transaction runs is told so at once, because an advisory lock shows what an uncommitted row
would hide.
"""

import hashlib
import re
from collections.abc import Sequence

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from app.core.attempts import Handler, attempt
from app.core.clock import now
from app.core.db import Database
from app.core.errors import AppError
from app.core.http_errors import BadRequest
from app.core.idempotency_store import Answer, Claim, keep, keep_refusal, take
from app.core.problems import problem_response

HEADER = "idempotency-key"
KEY_SHAPE = re.compile(r"[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?")
NEVER_KEPT = frozenset({401, 408, 429})
"""Refusals that say nothing about the request itself."""
KEPT_HEADERS = ("content-type", "location", "etag")
FIRST_REFUSAL, FIRST_FAILURE = 400, 500


class KeyRequired(BadRequest):
    """The operation is only accepted with an Idempotency-Key."""

    code, title = "idempotency_key_required", "Idempotency-Key is required"


class KeyMalformed(BadRequest):
    """The key is empty, longer than 255 characters, or not printable ASCII."""

    code, title = "idempotency_key_malformed", "Idempotency-Key is malformed"


class Replay(Exception):
    """The request was answered before; raised by `claim`, turned into that answer."""

    def __init__(self, answer: Answer) -> None:
        """Keep the answer."""
        super().__init__()
        self.answer = answer


async def idempotency_key_required() -> None:
    """Marks a route that is refused without a key; `answer_once` looks for it."""


IdempotencyRequired = Depends(idempotency_key_required)
"""For a route's `dependencies`: invites, sends, payments, bulk."""


def asks_for_key(dependant: Dependant) -> bool:
    """Whether a route is marked with IdempotencyRequired."""
    return any(part.call is idempotency_key_required for part in dependant.dependencies)


async def claim(
    session: AsyncSession,
    request: Request,
    principal: str,
    *,
    content: Sequence[str | bytes] | None = None,
) -> None:
    """Claim the request's key for `principal`, in the transaction of the work to come.

    `content` stands for a body that was read already. Does nothing without the header. Raises
    Replay, KeyInUse (409), KeyReused (422) and KeyMalformed (400).
    """
    value = request.headers.get(HEADER)
    if value is None:
        return
    if not KEY_SHAPE.fullmatch(value):
        raise KeyMalformed
    key = _digest(principal, request.method, request.scope["route"].path, value)
    wanted = Claim(key, await _fingerprint(request, content), now())
    answer = await take(session, wanted)
    if answer is not None:
        raise Replay(answer)
    request.state.idempotency = wanted
    request.state.session = session


async def _fingerprint(request: Request, read: Sequence[str | bytes] | None) -> bytes:
    """What was asked: the address with its ids and parameters, and the content."""
    content = await _content(request) if read is None else read
    return _digest(request.scope["path"], request.scope["query_string"], *content)


async def _content(request: Request) -> list[str | bytes]:
    if "form" not in request.headers.get("content-type", ""):
        return [await request.body()]
    form = await request.form()  # its bytes are consumed, and boundaries differ each time
    return [part for name, value in form.multi_items() for part in (name, _told(value))]


def _told(value: UploadFile | str) -> str:
    return f"{value.filename}:{value.size}" if isinstance(value, UploadFile) else value


def _digest(*parts: str | bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.digest()


def answer_once(handle: Handler, *, required: bool) -> Handler:
    """A POST handler that replays kept answers, and keeps what an endpoint answers to a claim.

    Kept are 2xx and 4xx, never 5xx. An answer is kept in the transaction of its effect, a
    refusal in one of its own once the endpoint's has been rolled back.
    """

    async def handler(request: Request) -> Response:
        if HEADER not in request.headers:
            # strangers are first told to sign in
            if required and "authorization" in request.headers:
                raise KeyRequired
            return await handle(request)
        try:
            return await attempt(_keeping(handle), request)
        except Replay as replay:
            return _replayed(replay.answer)
        except AppError as error:
            await _keep_refusal(request, error)
            raise

    return handler


def _keeping(handle: Handler) -> Handler:
    async def handler(request: Request) -> Response:
        response = await handle(request)
        claimed = _claim_of(request)
        whole = hasattr(response, "body")  # a stream can't be kept
        if claimed and whole and response.status_code < FIRST_FAILURE:
            await keep(request.state.session, claimed, _answer(response))
        return response

    return handler


async def _keep_refusal(request: Request, error: AppError) -> None:
    claimed = _claim_of(request)
    kept = FIRST_REFUSAL <= error.status < FIRST_FAILURE and error.status not in NEVER_KEPT
    if claimed and kept:
        database: Database = request.app.state.database
        async with database.writing() as session:
            await keep_refusal(session, claimed, _answer(problem_response(error, request.scope)))


def _claim_of(request: Request) -> Claim | None:
    claimed: Claim | None = getattr(request.state, "idempotency", None)
    return claimed


def _answer(response: Response) -> Answer:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return Answer(response.status_code, headers, bytes(response.body))


def _replayed(answer: Answer) -> Response:
    headers = {**answer.headers, "Idempotency-Replayed": "true"}
    return Response(answer.body, status_code=answer.status, headers=headers)
