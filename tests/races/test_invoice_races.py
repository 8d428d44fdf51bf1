"""Invoices that many finalize, pay and give back at once, on real connections."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import func, select

from app.core.db import Database
from app.core.events import SYSTEM
from app.features.invoices.finalizing import finalize
from app.models import Invoice, InvoiceCounter, Refund
from app.repositories.audiences import Audience
from app.repositories.invoices import InvoiceRepository
from tests.features.invoices.billing import LINES, act, done, draft, issued, money, pair, read
from tests.features.invoices.test_schedules import race_of_workers
from tests.make import Make, Person
from tests.races.invoice_audit import audit_invoices

FINALIZED, REFUSED = 200, 40


@pytest.fixture(autouse=True)
async def _audited(fresh_database: Database) -> AsyncIterator[None]:
    """Whatever raced, the books are right."""
    yield
    async with fresh_database.engine.connect() as connection:
        await audit_invoices(connection)


async def test_two_hundred_at_once_get_numbers_without_a_gap(crowd: Make):
    """Among them some that are refused, and some that are finalized twice."""
    owner, client = await pair(crowd)
    good = [await draft(owner, client.contact_id) for _ in range(FINALIZED)]
    bad = [await draft(owner, client.contact_id, lines=[]) for _ in range(REFUSED)]
    twice = good[::10]
    mixed = [one for three in zip(good[:REFUSED], bad, strict=True) for one in three]
    answers = await asyncio.gather(
        *(act(owner, one, "finalize") for one in [*mixed, *good[REFUSED:], *twice])
    )
    codes = Counter(answer.status_code for answer in answers)
    numbers = sorted(number_of(answer) for answer in answers if answer.is_success)

    assert codes == {200: FINALIZED, 422: REFUSED, 409: len(twice)}
    assert numbers == list(range(1, FINALIZED + 1))
    async with crowd.runtime.database.reading(owner.workspace_id) as session:
        assert await session.scalar(select(InvoiceCounter.n)) == FINALIZED


def number_of(answer: httpx.Response) -> int:
    return int(answer.json()["number"].rpartition("-")[2])


async def test_a_number_that_is_rolled_back_is_given_to_the_next(crowd: Make):
    owner, client = await pair(crowd)
    drafts = [await draft(owner, client.contact_id) for _ in range(60)]
    await asyncio.gather(
        *(
            numbered(crowd, owner, UUID(one["id"]), fails=place % 3 == 0)
            for place, one in enumerate(drafts)
        )
    )
    async with crowd.runtime.database.reading(owner.workspace_id) as session:
        given = await session.scalars(select(Invoice.sequence).order_by(Invoice.sequence))
        assert [n for n in given if n] == list(range(1, 41))


async def numbered(crowd: Make, owner: Person, invoice_id: UUID, *, fails: bool) -> None:
    """Finalize; then maybe lose the transaction, number and all."""
    with suppress(ConnectionError):
        async with crowd.runtime.database.writing(owner.workspace_id) as session:
            invoices = InvoiceRepository(session, Audience.team(owner.workspace_id))
            invoice = await invoices.require(invoice_id, lock=True)
            await finalize(invoices, invoice, actor=SYSTEM)
            if fails:
                raise ConnectionError


async def test_an_invoice_is_paid_or_void_and_never_both(crowd: Make):
    owner, client = await pair(crowd)
    for _ in range(20):
        one = await issued(owner, client.contact_id)
        paying, voiding = await asyncio.gather(
            act(owner, one, "payments", {"amount_minor": 21420}), act(owner, one, "void")
        )
        assert paying.status_code == 201
        left = money(await read(owner, one))
        if voiding.is_success:
            assert left == ("void", 0, 0, 21420)
        else:
            assert voiding.json()["code"] in {"invoice_state", "invoice_has_payments"}
            assert left == ("paid", 21420, 0, 0)


async def test_refunds_at_once_never_exceed_the_payment(crowd: Make):
    owner, client = await pair(crowd)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "payments", {"amount_minor": 21420})
    answers = await asyncio.gather(
        *(act(owner, one, "refunds", {"amount_minor": 3000}) for _ in range(20))
    )
    assert Counter(answer.status_code for answer in answers) == {201: 7, 409: 13}
    async with crowd.runtime.database.reading(owner.workspace_id) as session:
        assert await session.scalar(select(func.sum(Refund.amount_minor))) == 21000
    assert (await read(owner, one))["amount_refunded_minor"] == 21000


async def test_payments_at_once_are_all_kept(crowd: Make):
    owner, client = await pair(crowd)
    one = await issued(owner, client.contact_id)
    answers = await asyncio.gather(
        *(act(owner, one, "payments", {"amount_minor": 5000}) for _ in range(10))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert money(await read(owner, one)) == ("paid", 21420, 0, 50000 - 21420)


async def test_a_draft_is_changed_or_finalized_and_its_sums_are_its_lines(crowd: Make):
    owner, client = await pair(crowd)
    for _ in range(10):
        one = await draft(owner, client.contact_id)
        url, whole = f"/v1/invoices/{one['id']}", {"lines": LINES * 2}
        changing = owner.http.patch(url, json=whole, headers={"If-Match": "*"})
        changed, _ = await asyncio.gather(changing, act(owner, one, "finalize"))
        left: dict[str, Any] = await read(owner, one)
        lines = 2 if changed.is_success else 1
        assert len(left["lines"]) == lines
        assert left["total_minor"] == left["amount_due_minor"] == 21420 * lines


async def test_ten_workers_make_each_periods_invoice_once(crowd: Make):
    assert await race_of_workers(crowd) == [("open", "2027-03-22")] * 2


async def test_all_kinds_of_money_at_once_and_the_books_are_right(crowd: Make):
    """Payments, refunds, credit notes and a void, ten rounds of them on one invoice each."""
    owner, client = await pair(crowd)
    for _ in range(10):
        one = await issued(owner, client.contact_id)
        await done(owner, one, "payments", {"amount_minor": 9000})
        verbs = ["payments", "refunds", "credit-notes"] * 3
        answers = await asyncio.gather(
            act(owner, one, "void"), *(act(owner, one, v, {"amount_minor": 8000}) for v in verbs)
        )
        assert {answer.status_code for answer in answers} <= {200, 201, 409}
