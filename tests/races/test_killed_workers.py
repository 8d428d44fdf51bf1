"""Workers killed under load: nothing lost, nothing planned twice, little sent twice."""

from app.core.db import Database
from app.core.jobs import NewJob
from tests.races.worker_kit import ask, rows, until_rows, workers_on
from tests.races.worker_process import CONCURRENCY, LETTERS_PER_EVENT

EVENTS = 60
LETTERS = EVENTS * LETTERS_PER_EVENT
KILLS = 3


async def test_killed_workers_lose_nothing_and_send_at_most_twice_what_they_held(
    fresh_database: Database, fresh_url: str
) -> None:
    async with workers_on(fresh_url, fresh_database, lease=1.5) as workers:
        for _worker in range(2):
            await workers.start()
        await ask(
            fresh_database, *(NewJob(kind="plan", payload={"event": n}) for n in range(EVENTS))
        )
        for kill in range(KILLS):
            await workers.until_sent((kill + 1) * LETTERS // (KILLS + 1))
            await workers.start()
            await workers.kill_one()
        await until_rows(fresh_database, "SELECT count(*) FROM jobs", [(0,)])
    assert sorted(workers.sent) == list(range(LETTERS))
    assert workers.sent.total() - LETTERS <= KILLS * CONCURRENCY
    planned = "SELECT count(*), count(DISTINCT (event, copy)) FROM letters"
    assert await rows(fresh_database, planned) == [(LETTERS, LETTERS)]
    recorded = "SELECT count(*), count(DISTINCT letter) FROM sent"
    assert await rows(fresh_database, recorded) == [(LETTERS, LETTERS)]


async def test_a_job_that_kills_its_workers_dies_alone(
    fresh_database: Database, fresh_url: str
) -> None:
    jobs = [NewJob(kind="letter", payload={"n": n, "kill": n == 5}) for n in range(20)]
    await ask(fresh_database, *jobs)
    async with workers_on(fresh_url, fresh_database, lease=0.5) as workers:
        for death in range(3):
            await workers.start()
            await workers.until_died(death + 1)
        await workers.start()
        await until_rows(fresh_database, "SELECT state FROM jobs", [("dead",)])
    assert set(workers.sent) == set(range(20)) - {5}
    (dead,) = await rows(fresh_database, "SELECT payload ->> 'n', crashes, last_error FROM jobs")
    assert dead == ("5", 3, "WorkerDied: 3 workers died holding this job")
