"""Statements of account as the API gives them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import Day, Filters, Out
from app.features.invoices.balances import EntryKind


class StatementQuery(Filters):
    """Between which days, both included; default: the year until today."""

    since: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None


class EntryOut(Out):
    """A document or a payment; amounts are in minor units.

    `change_minor` is what it added to what the contact owes. Of a paid invoice, money that goes
    back without a credit note changes nothing; a void invoice asks for nothing.
    """

    on: date
    kind: EntryKind
    number: str
    invoice_id: UUID
    void: bool
    amount_minor: int
    change_minor: int
    balance_minor: int


class AccountOut(Out):
    """All in one currency; a negative balance is what the practice owes the contact."""

    currency: str
    opening_balance_minor: int
    closing_balance_minor: int
    entries: list[EntryOut]


class StatementOut(Out):
    """A contact's account between two days."""

    contact_id: UUID
    since: Annotated[date, Field(serialization_alias="from")]
    to: date
    accounts: list[AccountOut]
