"""Schedules of invoices as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.core.fields import UNCHANGED, Currency, Day, In, Out
from app.core.paging import PageQuery
from app.features.invoices.fields import MOST_LINES, Memo
from app.features.invoices.schemas import BillTo, DiscountIn, LineIn

UnitName = Literal["week", "month", "year"]
ScheduleStatus = Literal["active", "paused", "ended"]
Interval = Annotated[int, Field(strict=True, ge=1, le=52)]
Count = Annotated[int, Field(strict=True, ge=1, le=600)]
DueInDays = Annotated[int, Field(strict=True, ge=0, le=365)]
Lines = Annotated[list[LineIn], Field(min_length=1, max_length=MOST_LINES)]


class InvoiceScheduleIn(In):
    """An invoice every `interval` units, from `starts_on` on, until `ends_on` or after `count`.

    Where a month is too short for the day, it is made on the last one. Days that are past are
    made up for at once, as drafts: with `autosend` it can't begin before today.
    """

    contact_id: UUID
    unit: UnitName = "month"
    interval: Interval = 1
    starts_on: Day
    ends_on: Day | None = None
    count: Count | None = None
    autosend: bool = True
    """False: they stay drafts."""
    currency: Currency | None = None
    """Default: the practice's."""
    lines: Lines
    discount: DiscountIn | None = None
    memo: Memo = ""
    bill_to: BillTo | None = None
    due_in_days: DueInDays | None = None
    """Default: the practice's terms."""

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Self:
        """Refuse what would make none."""
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("ends_on must not be before starts_on")
        return self


class InvoiceScheduleChanges(In):
    """What coming invoices say, and until when; what is left out stays."""

    ends_on: Day | None = UNCHANGED
    count: Count | None = UNCHANGED
    autosend: bool = UNCHANGED
    lines: Lines = UNCHANGED
    discount: DiscountIn | None = UNCHANGED
    memo: Memo = UNCHANGED
    bill_to: BillTo | None = UNCHANGED
    due_in_days: DueInDays | None = UNCHANGED


class InvoiceScheduleQuery(PageQuery):
    """Which schedules; newest first."""

    contact_id: UUID | None = None
    status: ScheduleStatus | None = None


class InvoiceScheduleOut(Out):
    """A schedule; `next_on` is when the next invoice is made, null once there are no more.

    `invoices_made` counts those that were, or were passed over while it was paused. What an
    enrollment pays is a schedule as well: `template` then names the program and its parts.
    """

    id: UUID
    contact_id: UUID
    enrollment_id: UUID | None
    status: ScheduleStatus
    unit: UnitName
    interval: int
    starts_on: date
    ends_on: date | None
    count: int | None
    invoices_made: int
    next_on: date | None
    autosend: bool
    template: dict[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
