"""Dead letters: looked at, sent again, dropped."""

from datetime import timedelta

from app.core.clock import now
from app.core.db import Database
from app.core.jobs import NewJob
from app.dispatcher.dead_letters import DeadLetter, discard, list_dead, requeue
from app.dispatcher.engine import Engine
from app.dispatcher.failures import GiveUp
from tests.dispatcher.engine_kit import Postbox, ask, letters, queue


async def let_die(database: Database, *jobs: NewJob) -> list[DeadLetter]:
    postbox = Postbox()
    postbox.fail = {job.payload["n"]: GiveUp("550 no such user") for job in jobs}
    await ask(database, *jobs)
    await Engine(database, effects={"letter": postbox}).drain()
    return await dead(database)


async def dead(database: Database) -> list[DeadLetter]:
    async with database.reading() as session:
        return await list_dead(session)


async def test_dead_letters_tell_what_they_were_and_why_they_died(database: Database) -> None:
    (letter,) = await let_die(database, *letters(1, key="welcome"))
    assert (letter.kind, letter.payload, letter.key) == ("letter", {"n": 0}, "welcome")
    assert (letter.attempts, letter.last_error) == (1, "GiveUp: 550 no such user")
    assert timedelta(0) <= now() - letter.died_at < timedelta(minutes=1)


async def test_they_are_listed_page_by_page_and_by_kind(database: Database) -> None:
    first, second, third = await let_die(database, *letters(3))
    async with database.reading() as session:
        assert await list_dead(session, limit=2) == [first, second]
        assert await list_dead(session, after=second.id) == [third]
        assert await list_dead(session, kind="another") == []


async def test_a_requeued_letter_starts_as_if_new(database: Database) -> None:
    first, second = await let_die(database, *letters(2))
    async with database.writing() as session:
        assert await requeue(session, ids=[first.id]) == [first.id]
    assert await dead(database) == [second]
    postbox = Postbox()
    (ending,) = await Engine(database, effects={"letter": postbox}).drain()
    assert (ending.job.id, ending.job.attempts, ending.outcome) == (first.id, 0, "done")


async def test_all_of_a_kind_can_be_requeued(database: Database) -> None:
    buried = await let_die(database, *letters(3))
    async with database.writing() as session:
        assert await requeue(session, kind="another") == []
        assert sorted(await requeue(session, kind="letter")) == [letter.id for letter in buried]


async def test_a_letter_whose_key_waits_already_stays_dead(database: Database) -> None:
    (buried,) = await let_die(database, *letters(1, key="welcome"))
    await ask(database, *letters(1, key="welcome"))
    async with database.writing() as session:
        assert await requeue(session, ids=[buried.id]) == []
    assert await dead(database) == [buried]


async def test_of_two_dead_letters_with_one_key_the_younger_is_sent_again(
    database: Database,
) -> None:
    await let_die(database, *letters(1, key="welcome"))
    older, younger = await let_die(database, *letters(1, key="welcome"))
    async with database.writing() as session:
        assert await requeue(session) == [younger.id]
    assert await dead(database) == [older]


async def test_a_discarded_letter_is_gone(database: Database) -> None:
    (letter,) = await let_die(database, *letters(1))
    async with database.writing() as session:
        await discard(session, [letter.id])
    assert await queue(database) == []
