"""What providers told is kept for as long as they might repeat it, and no longer."""

from datetime import timedelta

import httpx
import time_machine
from sqlalchemy import func, select

from app.core.clock import now
from app.dispatcher.practice_sweeps import old_provider_events
from app.dispatcher.schedule import plant
from app.models import Payment, ProviderEvent
from tests.features.invoices.billing import issued, pair
from tests.features.payments.tills import checkout, press
from tests.make import Make, Person
from tests.post_office import PostOffice


async def left(make: Make, owner: Person) -> tuple[int | None, int | None]:
    """Events, and payments."""
    async with make.runtime.database.reading(owner.workspace_id) as session:
        events = await session.scalar(select(func.count()).select_from(ProviderEvent))
        return events, await session.scalar(select(func.count()).select_from(Payment))


async def sweep(make: Make, post_office: PostOffice, *, days: int) -> None:
    database = make.runtime.database
    with time_machine.travel(now() + timedelta(days=days), tick=False) as traveller:
        async with database.writing() as session:
            await plant(session, [old_provider_events(database)])
        traveller.shift(timedelta(hours=6))
        await post_office.deliver()


async def test_an_event_is_forgotten_and_its_payment_is_not(
    make: Make, http: httpx.AsyncClient, post_office: PostOffice
):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    await press(http, await checkout(client, invoice), "approved")
    await post_office.deliver()

    await sweep(make, post_office, days=80)
    assert await left(make, owner) == (1, 1)
    await sweep(make, post_office, days=92)
    assert await left(make, owner) == (0, 1)
