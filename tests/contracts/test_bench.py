"""The bench still measures what it says: its floor gives Atrium's own answers."""

import asyncio
from pathlib import Path

from bench.comparing import compare
from bench.endpoints import TRIPS, hot_works
from bench.round_trips import round_trips
from bench.seeds import seed
from bench.stage import Stage, atrium, floor


def test_the_floor_answers_as_atrium_does(fresh_url: str, tmp_path: Path):
    stage = Stage(folder=tmp_path, url=fresh_url, postmaster=0)
    practice = seed(stage, contacts=500)
    works = asyncio.run(hot_works(stage, practice))

    with atrium(stage) as ours, floor(stage) as bare:
        compare(stage, practice, works, ours, bare)
    counted = round_trips(stage, practice, works)
    assert {name: counted[name] for name in TRIPS} == TRIPS
