"""Of people who never confirmed nothing is left after a while."""

from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from app.core.clock import now
from app.dispatcher.practice_sweeps import forgotten_sign_ups
from app.dispatcher.schedule import plant
from app.models import Email, Event, SignUp
from tests.features.programs.offers import program
from tests.features.programs.visiting import confirm, page_of, sign_up, token_for
from tests.make import Make, Person
from tests.post_office import PostOffice


async def left(make: Make, coach: Person) -> tuple[int, int, int]:
    """Sign-ups, events and letters about them."""
    async with make.runtime.database.reading(coach.workspace_id) as session:
        counts = [
            await session.scalar(select(func.count()).select_from(SignUp)),
            await session.scalar(
                select(func.count())
                .select_from(Event)
                .where(Event.type == "program.sign_up_requested")
            ),
            await session.scalar(
                select(func.count())
                .select_from(Email)
                .where(Email.template == "programs/sign_up_confirmation")
            ),
        ]
    return (counts[0] or 0, counts[1] or 0, counts[2] or 0)


async def sweep(make: Make, post_office: PostOffice, *, days: int) -> None:
    database = make.runtime.database
    with time_machine.travel(now() + timedelta(days=days), tick=False) as traveller:
        async with database.writing() as session:
            await plant(session, [forgotten_sign_ups(database)])
        traveller.shift(timedelta(hours=6))
        await post_office.deliver()


async def test_the_address_is_forgotten_with_its_event_and_its_letter(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        await sign_up(browser, page, email="bea@example.test")
        await post_office.deliver()
        await confirm(browser, await token_for(make, coach.workspace_id, "bea@example.test"))
    await post_office.deliver()

    await sweep(make, post_office, days=32)
    still = await left(make, coach)
    await sweep(make, post_office, days=34)

    assert still == (2, 2, 2)
    assert await left(make, coach) == (0, 1, 1)
