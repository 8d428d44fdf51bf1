"""A Stripe of our own that Stripe's own client speaks to: sessions, intents, refunds, webhooks.

async with FakeStripe() as stripe:
    ...  # a checkout is opened through `stripe.url`
    intent = stripe.pay("cs_test_1")
    body, signature = stripe.event("checkout.session.completed", stripe.sessions["cs_test_1"])
"""

import asyncio
import json
import socket
from collections.abc import Iterator
from itertools import count
from typing import Any, Self
from urllib.parse import parse_qsl

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse

from app.core.clock import now
from app.features.payments.signatures import signed

KEY, WEBHOOK_SECRET = "sk_test_4eC39HqLyjWDarjtT1zdp7dc", "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"


class FakeStripe:
    """Keeps what it was asked for; `down` answers 500 to everything, `refuse` refuses refunds."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.down = False
        self.refuse: str | None = None
        self.refund_status = "succeeded"
        self._by_key: dict[str, dict[str, Any]] = {}
        self._numbers = count(1)
        self._server = uvicorn.Server(uvicorn.Config(self._app(), log_config=None, lifespan="off"))
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._serving = asyncio.create_task(self._server.serve([self._socket]))
        return self  # who connects before it serves waits in the socket's queue

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        assert self._serving
        await self._serving

    def pay(self, session_id: str) -> dict[str, Any]:
        """The client pays on the session's page; the payment intent."""
        session = self.sessions[session_id]
        intent = self._new(
            "pi",
            "payment_intent",
            self.intents,
            status="succeeded",
            currency=session["currency"],
            amount=session["amount_total"],
            amount_received=session["amount_total"],
            metadata=session["metadata"],
            latest_charge={
                "id": "ch_1",
                "object": "charge",
                "payment_method_details": {"type": "card"},
            },
        )
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"]}
        return intent

    def give_back(self, intent: dict[str, Any], amount: int) -> dict[str, Any]:
        """The coach refunds in Stripe's own dashboard."""
        return self._refund({"payment_intent": intent["id"], "amount": amount, "metadata": {}})

    def event(self, kind: str, subject: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """A webhook's body and headers, signed; each call is an event of its own."""
        number = next(self._numbers)
        event = {"id": f"evt_{number}", "object": "event", "type": kind}
        body = json.dumps({**event, "data": {"object": subject}}).encode()
        return body, self.headers(body)

    def headers(self, body: bytes) -> dict[str, str]:
        signature = signed(body, WEBHOOK_SECRET.encode())
        return {"Content-Type": "application/json", "Stripe-Signature": signature}

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)
        app.add_api_route("/v1/{path:path}", self._answer, methods=["GET", "POST"])
        return app

    async def _answer(self, request: Request, path: str) -> JSONResponse:
        self.asked.append(f"{request.method} {path}")
        if self.down:
            return _error(500, "api_error", "Something went wrong on Stripe's end.")
        if request.headers["authorization"] != f"Bearer {KEY}":
            return _error(401, "invalid_request_error", "Invalid API Key provided")
        form = _nested(parse_qsl((await request.body()).decode()))
        key = request.headers.get("idempotency-key", "")
        if request.method == "POST" and key in self._by_key:
            return JSONResponse(self._by_key[key])
        answer = self._act(request.method, path.split("/"), form, dict(request.query_params))
        if isinstance(answer, str):
            return _error(400, "invalid_request_error", answer)
        if request.method == "POST" and key and "expire" not in path:
            self._by_key[key] = answer
        return JSONResponse(answer)

    def _act(
        self, method: str, path: list[str], form: dict[str, Any], query: dict[str, str]
    ) -> dict[str, Any] | str:
        if method == "GET":
            return self._shown(path, query)
        match path:
            case "checkout", "sessions":
                return self._session(form)
            case "checkout", "sessions", session_id, "expire":
                return self._expired(session_id)
            case ("refunds",):
                return self.refuse or self._refund(form)
        raise AssertionError(f"unexpected: POST {path}")

    def _shown(self, path: list[str], query: dict[str, str]) -> dict[str, Any]:
        match path:
            case ("balance",):
                return {"object": "balance", "livemode": False, "available": [], "pending": []}
            case "payment_intents", intent_id:
                return self.intents[intent_id]
            case ("refunds",):
                made = self.refunds.values()
                of = [r for r in made if r["payment_intent"] == query["payment_intent"]]
                return {"object": "list", "data": of, "has_more": False, "url": "/v1/refunds"}
        raise AssertionError(f"unexpected: GET {path}")

    def _expired(self, session_id: str) -> dict[str, Any] | str:
        session = self.sessions[session_id]
        if session["status"] != "open":
            return "Only Checkout Sessions with a status in [open] can be expired."
        session["status"] = "expired"
        return session

    def _session(self, form: dict[str, Any]) -> dict[str, Any]:
        price = form["line_items"]["0"]["price_data"]
        return self._new(
            "cs_test",
            "checkout.session",
            self.sessions,
            status="open",
            payment_status="unpaid",
            payment_intent=None,
            url=f"https://checkout.stripe.example/c/pay/{len(self.sessions)}",
            currency=price["currency"],
            amount_total=int(price["unit_amount"]),
            metadata=form["metadata"],
            expires_at=int(form["expires_at"]),
            success_url=form["success_url"],
        )

    def _refund(self, form: dict[str, Any]) -> dict[str, Any]:
        intent = self.intents[form["payment_intent"]]
        return self._new(
            "re",
            "refund",
            self.refunds,
            status=self.refund_status,
            currency=intent["currency"],
            amount=int(form["amount"]),
            payment_intent=intent["id"],
            metadata=form.get("metadata", {}),
        )

    def _new(
        self, prefix: str, kind: str, kept: dict[str, dict[str, Any]], **values: Any
    ) -> dict[str, Any]:
        made = {"id": f"{prefix}_{next(self._numbers)}", "object": kind, **values}
        made["created"] = int(now().timestamp())
        kept[made["id"]] = made
        return made


def _error(status: int, kind: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"type": kind, "message": message}}, status_code=status)


def _nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` as Stripe's client writes it."""
    form: dict[str, Any] = {}
    for name, value in pairs:
        place = form
        *outer, last = _steps(name)
        for step in outer:
            place = place.setdefault(step, {})
        place[last] = value
    return form


def _steps(name: str) -> Iterator[str]:
    head, *rest = name.split("[")
    yield head
    yield from (step.removesuffix("]") for step in rest)
