"""An app whose practices may be paid through a Stripe of our own."""

from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.features.payments.cashiers import Cashiers
from app.settings import Settings
from tests.fake_stripe import FakeStripe
from tests.post_office import PostOffice


@pytest.fixture
async def stripe() -> AsyncIterator[FakeStripe]:
    async with FakeStripe() as fake:
        yield fake


@pytest.fixture
def stripe_settings(settings: Settings, stripe: FakeStripe) -> Settings:
    return settings.model_copy(update={"stripe_api_url": stripe.url})


@pytest.fixture(autouse=True)
def _cashiers(request: pytest.FixtureRequest, app: FastAPI) -> Iterator[None]:
    """Where a test asks for Stripe, the app asks ours."""
    before = app.state.cashiers
    if "stripe" in request.fixturenames:
        app.state.cashiers = Cashiers(request.getfixturevalue("stripe_settings"))
    yield
    app.state.cashiers = before


@pytest.fixture
def stripe_office(app: FastAPI, database: Database, stripe_settings: Settings) -> PostOffice:
    """A dispatcher that asks ours, too."""
    return PostOffice(app.state.runtime, settings=stripe_settings)
