"""Invoices as columns, and which of them a list shows."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    DateTime,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    func,
    select,
)

from app.models import Contact, Invoice, Workspace
from app.repositories.audiences import Audience
from app.repositories.invoice_details import DETAILS

SUMMARY_FIELDS = (
    "id",
    "contact_id",
    "enrollment_id",
    "installment",
    "schedule_id",
    "status",
    "number",
    "currency",
    "issued_on",
    "due_on",
    "subtotal_minor",
    "discount_minor",
    "tax_minor",
    "total_minor",
    "amount_paid_minor",
    "amount_due_minor",
    "amount_refunded_minor",
    "amount_credited_minor",
    "unapplied_minor",
    "finalized_at",
    "sent_at",
    "paid_at",
    "closed_at",
    "version",
    "created_at",
    "updated_at",
)
WHOLE_FIELDS = (
    *SUMMARY_FIELDS,
    "memo",
    "discount_percent",
    "discount_amount_minor",
    "bill_to",
    "seller",
    "buyer",
    "tax_totals",
)

InvoiceCard = Row[*tuple[Any, ...]]
"""SUMMARY_FIELDS, `contact_name`, `overdue` and `partially_paid`; or WHOLE_FIELDS and DETAILS."""

TODAY = cast(
    func.timezone(Workspace.time_zone, bindparam("at", type_=DateTime(timezone=True))), Date
)
"""The day it is where the practice is, at the instant `at`."""

OVERDUE = and_(Invoice.status == "open", Invoice.due_on < TODAY)
PARTIALLY_PAID = and_(Invoice.status.in_(("open", "uncollectible")), Invoice.amount_paid_minor > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFilter:
    """What invoices must match, all of it; None means: does not matter.

    `status` may be one of the derived ones, `overdue` and `partially_paid`. `number` is part of
    one; days are days of issue, both included.
    """

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    schedule_id: UUID | None = None
    status: str | None = None
    number: str | None = None
    issued_from: date | None = None
    issued_to: date | None = None
    due_before: date | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {
            "contact_id": self.contact_id,
            "enrollment_id": self.enrollment_id,
            "schedule_id": self.schedule_id,
            "number": self.number,
            "issued_from": self.issued_from,
            "issued_to": self.issued_to,
            "due_before": self.due_before,
        }
        values = {name: value for name, value in candidates.items() if value is not None}
        if self.status in DERIVED:
            return {**values, self.status: True}
        return {**values, "status": self.status} if self.status else values


DERIVED = {"overdue": OVERDUE, "partially_paid": PARTIALLY_PAID}


def seen_by(audience: Audience) -> dict[str, Any]:
    """The parameters that limit cards to what this audience sees: clients see no drafts."""
    scope: dict[str, Any] = {"workspace_id": audience.workspace_id}
    return scope if audience.side == "member" else {**scope, "only_contact_id": audience.contact_id}


def _cards(fields: tuple[str, ...], *more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            *(Invoice.__table__.c[name] for name in fields),
            *more,
            func.rtrim(Contact.first_name + " " + Contact.last_name).label("contact_name"),
            OVERDUE.label("overdue"),
            PARTIALLY_PAID.label("partially_paid"),
        )
        .join(
            Contact,
            and_(Contact.workspace_id == Invoice.workspace_id, Contact.id == Invoice.contact_id),
        )
        .join(Workspace, Workspace.workspace_id == Invoice.workspace_id)
        .where(Invoice.workspace_id == bindparam("workspace_id"))
    )


SUMMARIES, WHOLES = _cards(SUMMARY_FIELDS), _cards(WHOLE_FIELDS, *DETAILS)


@lru_cache(maxsize=512)
def summaries_with(names: frozenset[str]) -> Select[Any]:
    """SUMMARIES under the conditions with these parameters, newest first."""
    return _under(SUMMARIES, names).order_by(Invoice.id.desc()).limit(bindparam("row_limit"))


@lru_cache(maxsize=8)
def wholes_with(names: frozenset[str]) -> Select[Any]:
    """WHOLES under the conditions with these parameters."""
    return _under(WHOLES, names)


def _under(cards: Select[Any], names: frozenset[str]) -> Select[Any]:
    given = sorted(names - {"workspace_id", "at"})
    return cards.where(*(part for name in given for part in _conditions(name)))


def _conditions(name: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions a parameter's name stands for."""
    if name in DERIVED:
        return (DERIVED[name],)
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, tuple[ColumnElement[bool], ...]] = {
        "only_contact_id": (Invoice.contact_id == value, Invoice.status != "draft"),
        "contact_id": (Invoice.contact_id == value,),
        "enrollment_id": (Invoice.enrollment_id == value,),
        "schedule_id": (Invoice.schedule_id == value,),
        "status": (Invoice.status == value,),
        "number": (func.strpos(func.lower(Invoice.number), func.lower(value)) > 0,),
        "issued_from": (Invoice.issued_on >= value,),
        "issued_to": (Invoice.issued_on <= value,),
        "due_before": (Invoice.due_on < value,),
        "invoice_id": (Invoice.id == value,),
        "before": (Invoice.id < value,),
    }
    return conditions[name]
