"""The zones of coaches are reckoned before anybody asks."""

from sqlalchemy import update

from app.core.db import Database
from app.features.availability.warming import warm_zones
from app.main import create_app
from app.models import Schedule
from app.settings import Settings
from app.slots import zones
from tests.features.availability.working import add_schedule
from tests.make import Make


async def test_the_zones_in_use_are_warm(fresh_database: Database, settings: Settings):
    plain = settings.model_copy(update={"row_level_security": False})
    make = Make(create_app(plain, database=fresh_database))
    coach = await make.coach()
    await add_schedule(coach, time_zone="Antarctica/Troll")
    lost = await add_schedule(coach, name="Lost")
    async with fresh_database.writing() as session:
        gone = update(Schedule).where(Schedule.id == lost["id"]).values(time_zone="Mars/Olympus")
        await session.execute(gone)
    before = zones._midnights_of.cache_info().currsize

    await warm_zones(fresh_database)

    assert zones._midnights_of.cache_info().currsize == before + 2
