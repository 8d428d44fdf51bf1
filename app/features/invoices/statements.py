"""A contact's statement of account between two days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.csv_text import csv_line
from app.core.file_names import disposition
from app.core.money import in_major_units
from app.features.invoices.balances import Booked, Entry, Ledger
from app.features.invoices.finalizing import today_in
from app.features.invoices.schemas_statements import (
    AccountOut,
    EntryOut,
    StatementOut,
    StatementQuery,
)
from app.repositories.statements import EntryRow, entries_of
from app.repositories.workspaces import WorkspaceRepository

USUAL = timedelta(days=365)
HEAD = ("date", "kind", "number", "currency", "amount", "change", "balance")


class StatementCsv(Response):
    """A statement as a table, for the OpenAPI document."""

    media_type = "text/csv"


async def statement_of(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID, query: StatementQuery
) -> StatementOut:
    """The account by currency: what was owed before, all that changed it, what is owed after."""
    until = query.to
    if until is None:
        until = today_in(await WorkspaceRepository(session, workspace_id).require())
    since = query.since or until - USUAL
    rows = await entries_of(session, workspace_id, contact_id, until=until)
    currencies = sorted({row.currency for row in rows})
    accounts = [_account(currency, rows, since) for currency in currencies]
    return StatementOut.model_construct(
        contact_id=contact_id, since=since, to=until, accounts=accounts
    )


def _account(currency: str, rows: Sequence[EntryRow], since: date) -> AccountOut:
    ledger = Ledger()
    entries = [_entry(row) for row in rows if row.currency == currency]
    booked = list(ledger.booked(entries))
    shown = [one for one in booked if one.entry.on >= since]
    earlier = [one.balance_minor for one in booked if one.entry.on < since]
    return AccountOut.model_construct(
        currency=currency,
        opening_balance_minor=earlier[-1] if earlier else 0,
        closing_balance_minor=ledger.balance_minor,
        entries=[_out(one) for one in shown],
    )


def _entry(row: EntryRow) -> Entry:
    return Entry(
        kind=row.kind,
        on=row.day,
        invoice_id=row.invoice_id,
        number=row.number,
        currency=row.currency,
        amount_minor=row.amount_minor,
        settled=row.settled,
        void=row.void,
    )


def _out(booked: Booked) -> EntryOut:
    entry = booked.entry
    return EntryOut.model_construct(
        on=entry.on,
        kind=entry.kind,
        number=entry.number,
        invoice_id=entry.invoice_id,
        void=entry.void,
        amount_minor=entry.amount_minor,
        change_minor=booked.change_minor,
        balance_minor=booked.balance_minor,
    )


def as_csv(statement: StatementOut) -> StatementCsv:
    """The same as a table, amounts in major units."""
    name = f"Statement {statement.to.isoformat()}.csv"
    headers = {"Content-Disposition": disposition(name, inline=False)}
    return StatementCsv("".join(_lines(statement)), headers=headers)


def _lines(statement: StatementOut) -> Iterator[str]:
    yield csv_line(HEAD)
    for account in statement.accounts:
        currency = account.currency
        opening = in_major_units(account.opening_balance_minor, currency)
        yield csv_line((statement.since, "opening_balance", None, currency, None, None, opening))
        for entry in account.entries:
            minor = (entry.amount_minor, entry.change_minor, entry.balance_minor)
            amounts = (in_major_units(one, currency) for one in minor)
            yield csv_line((entry.on, entry.kind, entry.number, currency, *amounts))
