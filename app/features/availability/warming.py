"""Local midnights reckoned at start-up, so that no request pays for them."""

import asyncio
from contextlib import suppress

from app.core.clock import now
from app.core.db import Database
from app.repositories.schedules import zones_in_use
from app.slots import UnknownZone, warm_midnights

MOST_ZONES = 50
"""About a millisecond and a half each for a year."""


async def warm_zones(database: Database) -> None:
    """Reckon this year's and the next one's midnights of the zones most schedules are in.

    With row-level security nobody's schedules show outside of a practice: then tables are made
    when they are first asked for, as those of other zones are.
    """
    async with database.reading() as session:
        zones = await zones_in_use(session, most=MOST_ZONES)
    await asyncio.to_thread(_warm, list(zones), now().year)


def _warm(zones: list[str], year: int) -> None:
    for zone in zones:
        with suppress(UnknownZone):  # the register may have lost a zone since
            warm_midnights([zone], years=[year, year + 1])
