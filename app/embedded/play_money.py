"""The pages of play money: approve or decline, and a signed event goes to our own endpoint."""

from pathlib import Path
from typing import Annotated

import httpx
from fastapi import APIRouter, FastAPI, Form
from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

from app.access.runtime import Runtime
from app.core.amounts import amount_in_words
from app.features.payments.cashiers import Cashiers
from app.features.payments.connecting import webhook_url
from app.features.payments.play_provider import NAME, PAGES, Decision, PlayOrder
from app.models import Checkout
from app.repositories.checkouts import CheckoutRepository

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def play_money_router(app: FastAPI) -> APIRouter:
    """The routes under /dev/pay; not in the OpenAPI document."""
    till = Till(app)
    router = APIRouter(prefix=PAGES, include_in_schema=False)
    router.add_api_route("/{token}", till.page)
    router.add_api_route("/{token}", till.decide, methods=["POST"])
    return router


class Till:
    """What the routes answer."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._runtime: Runtime = app.state.runtime
        cashiers: Cashiers = app.state.cashiers
        self._play = cashiers.play
        templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
        self._template = templates.get_template("play_money.html")

    async def page(self, token: str) -> HTMLResponse:
        """What is to be paid, and two buttons; or how it ended."""
        return await self._answer(self._play.order_on(token))

    async def decide(self, token: str, decision: Annotated[Decision, Form()]) -> HTMLResponse:
        """Do as the button says, unless the page no longer counts."""
        order = self._play.order_on(token)
        checkout = await self._checkout(order)
        if checkout is not None and checkout.status == "open":
            await self._send(order, decision)
        return await self._answer(order)

    async def _send(self, order: PlayOrder, decision: Decision) -> None:
        """Tell our own endpoint, as a real provider would; it must accept."""
        body, signature = self._play.decided(order, decision)
        transport = httpx.ASGITransport(app=self._app)
        here = self._runtime.settings.api_url
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.post(
                webhook_url(here, NAME, order.workspace_id),
                content=body,
                headers={"Content-Type": "application/json", "Stripe-Signature": signature},
            )
        answer.raise_for_status()

    async def _answer(self, order: PlayOrder) -> HTMLResponse:
        checkout = await self._checkout(order)
        page = self._template.render(
            order=order,
            amount=amount_in_words(order.amount_minor, order.currency, order.locale),
            status=checkout.status if checkout else "replaced",
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    async def _checkout(self, order: PlayOrder) -> Checkout | None:
        async with self._runtime.database.reading(order.workspace_id) as session:
            checkouts = CheckoutRepository(session, order.workspace_id)
            return await checkouts.called(NAME, order.session_id)
