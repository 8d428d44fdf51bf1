"""A practice to look around in: made through the API itself, so it holds what a real one would."""

from dataclasses import dataclass

from app.access.runtime import Runtime
from app.demo.agreements import make_agreements
from app.demo.aims import set_and_do
from app.demo.money import ask_for_money
from app.demo.offers import make_offers
from app.demo.papers import exchange_papers
from app.demo.people import COACH, make_practice
from app.demo.questions import ask_and_answer
from app.demo.talk import let_them_talk
from app.demo.visitor import Visitor
from app.demo.week import fill_week
from app.main import create_app
from app.repositories.users import first_user
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """How to sign in to the demo practice."""

    email: str
    password: str


async def seed_demo(settings: Settings) -> DemoAccount | None:
    """Fill an empty database with the demo practice; None where somebody else's lives.

    Its mails are left to the dispatcher of the server that starts next.
    """
    app = create_app(settings.model_copy(update={"rate_limits": False, "access_log": False}))
    runtime: Runtime = app.state.runtime
    try:
        async with runtime.database.reading() as session:
            first = await first_user(session)
        if first is None:
            async with Visitor(app) as visitor:
                await _seed(visitor)
        ours = first is None or first.email == COACH["email"]
        return DemoAccount(COACH["email"], COACH["password"]) if ours else None
    finally:
        await runtime.print_shop.close()
        await runtime.database.close()


async def _seed(visitor: Visitor) -> None:
    clients = await make_practice(visitor)
    offers = await make_offers(visitor, clients)
    await fill_week(visitor, offers)
    await let_them_talk(visitor, clients)
    await exchange_papers(visitor, clients)
    await set_and_do(visitor, clients)
    await make_agreements(visitor, clients)
    await ask_for_money(visitor, clients)
    await ask_and_answer(visitor, clients)
