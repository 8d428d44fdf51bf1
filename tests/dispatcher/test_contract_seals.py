"""A contract everybody has signed is sealed once, whatever happens to those who seal it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.core.clock import now
from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.core.outbound import OutboundError
from app.dispatcher.settling import Settler
from app.features.contracts.jobs import SEAL
from app.main import create_app
from app.models import ContractAudit, Event, Job
from app.settings import Settings
from tests.core.documents.authority import TestAuthority
from tests.features.contract_checks.completed import all_signed, check, document, objects, row
from tests.make import Make
from tests.post_office import PostOffice

Office = tuple[Make, PostOffice]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(settings: Settings, fresh_database: Database, print_shop: PrintShop) -> Office:
    """Factories and a dispatcher on a database whose transactions are real."""
    plain = settings.model_copy(update={"row_level_security": False})
    app = create_app(plain, database=fresh_database, print_shop=print_shop)
    return Make(app), PostOffice(app.state.runtime)


async def sealings(database: Database) -> tuple[int, int]:
    """How often the logs say `completed`, and how many events were published of it."""
    entries = select(func.count()).where(ContractAudit.type == "completed")
    events = select(func.count()).where(Event.type == "contract.completed")
    async with database.reading() as session:
        return await session.scalar(entries) or 0, await session.scalar(events) or 0


async def performed(office: PostOffice) -> Settler:
    """A worker that has sealed its contract, and not yet said so."""
    [job] = await office.engine.claim([SEAL], limit=1)
    settler = office.engine.settler()
    await office.engine.runner.run([job], settler.report, at_once=1)
    return settler


async def time_passes(database: Database) -> None:
    """Every lease runs out, and whatever waits is due."""
    async with database.writing() as session:
        await session.execute(
            update(Job).where(Job.state == "leased").values(lease_until=now() - MINUTE)
        )
        await session.execute(update(Job).where(Job.state == "ready").values(run_at=now()))


async def test_a_worker_that_dies_before_it_says_so_leaves_the_contract_to_the_next(
    office: Office, fresh_database: Database
):
    make, post_office = office
    coach, _, contract = await all_signed(make)
    before = len(await objects(make.runtime, coach))

    await performed(post_office)
    assert (await row(fresh_database, contract, coach)).status == "completing"
    await time_passes(fresh_database)
    await post_office.deliver()

    assert (await row(fresh_database, contract, coach)).status == "completed"
    assert await sealings(fresh_database) == (1, 1)
    assert len(await objects(make.runtime, coach)) == before + 2  # the first one's is swept
    assert (await check(coach.http, await document(coach, contract)))["result"] == "authentic"


async def test_two_workers_that_seal_the_same_contract_complete_it_once(
    office: Office, fresh_database: Database
):
    make, first = office
    coach, _, contract = await all_signed(make)

    slow = await performed(first)
    await time_passes(fresh_database)
    await PostOffice(make.runtime).deliver()
    sealed = await document(coach, contract)
    endings = [ending async for batch in slow.flush() for ending in batch]

    assert [ending.outcome for ending in endings] == ["lost"]
    assert await sealings(fresh_database) == (1, 1)
    assert await document(coach, contract) == sealed


async def test_a_document_that_was_changed_in_the_store_is_not_sealed(
    office: Office, fresh_database: Database
):
    make, post_office = office
    coach, _, contract = await all_signed(make)
    kept = await row(fresh_database, contract, coach)
    content = await make.runtime.storage.read_whole(kept.document_key or "")
    await make.runtime.storage.put_small(
        kept.document_key or "", content + b"\n", media_type="application/pdf"
    )

    endings = await post_office.engine.drain([SEAL])

    assert [ending.outcome for ending in endings] == ["retry"]
    after = await row(fresh_database, contract, coach)
    assert (after.status, after.sealed_key) == ("completing", None)
    assert "not the one that was signed" in (after.last_error or "")


async def test_while_the_timestamp_authority_is_away_the_contract_waits(
    office: Office, fresh_database: Database
):
    make, post_office = office
    effect = post_office.engine.effects[SEAL]
    coach, _, contract = await all_signed(make)
    authority = TestAuthority()

    async def away(_: bytes) -> bytes:
        raise OutboundError("refused")

    effect._timestamper = away  # type: ignore[attr-defined]  # as settings would
    [ending] = await post_office.engine.drain([SEAL])
    waiting = await row(fresh_database, contract, coach)
    assert (ending.outcome, waiting.status) == ("postponed", "completing")
    assert "timestamp authority is away" in (waiting.last_error or "")

    effect._timestamper = authority  # type: ignore[attr-defined]  # it is back
    await time_passes(fresh_database)
    await post_office.engine.drain([SEAL])
    sealed = await row(fresh_database, contract, coach)
    assert (sealed.status, sealed.last_error, len(authority.queries)) == ("completed", None, 1)
    assert (await check(coach.http, await document(coach, contract)))["result"] == "authentic"


async def test_both_get_the_sealed_document_by_mail(make: Make, post_office: PostOffice):
    coach, client, contract = await all_signed(make)
    mails = await post_office.deliver()
    sealed = await document(coach, contract)

    for address in (coach.email, client.email):
        attached = [
            part.get_content()
            for mail in mails
            if address in str(mail["to"])
            for part in mail.iter_attachments()
        ]
        assert attached == [sealed]
