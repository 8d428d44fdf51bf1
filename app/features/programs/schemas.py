"""Programs as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from app.core.fields import UNCHANGED, Currency, In, Int8, Line, Out, Slug, Text
from app.core.paging import PageQuery

ProgramStatus = Literal["draft", "published", "archived"]
PaymentPlan = Literal["upfront", "installments"]
EnrollmentMode = Literal["quick_start", "sign_up"]
Unit = Literal["sessions", "minutes"]

ProgramName = Annotated[str, Line(150)]
Description = Annotated[str, Text(10_000, min_length=0)]
Installments = Annotated[int, Field(ge=2, le=60, examples=[3])]
Weeks = Annotated[int, Field(ge=1, le=520, examples=[12])]
Sessions = Annotated[int, Field(ge=1, le=1000, examples=[8])]
Minutes = Annotated[int, Field(ge=1, le=100_000, examples=[480])]
Days = Annotated[int, Field(ge=1, le=3650, examples=[180])]


class Price(In):
    """What a program costs, in minor units (cents); 0 is free."""

    amount_minor: Annotated[Int8, Field(ge=0, examples=[120000])]
    currency: Currency


class PriceOut(Out):
    """What a program costs, in minor units (cents); 0 is free."""

    amount_minor: int
    currency: str


class AllotmentIn(In):
    """How much of an appointment type the program grants: `sessions` or `minutes`."""

    appointment_type_id: UUID
    sessions: Sessions | None = None
    minutes: Minutes | None = None
    expires_after_days: Days | None = None
    """Counted from the day the enrollment becomes active; null: never."""

    @model_validator(mode="after")
    def one_unit(self) -> Self:
        """Refuse both units at once, and neither."""
        if (self.sessions is None) == (self.minutes is None):
            raise ValueError("send either sessions or minutes")
        return self

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return "sessions" if self.minutes is None else "minutes"

    @property
    def amount(self) -> int:
        """How much of it."""
        return self.sessions or self.minutes or 0


def _one_of_each(allotments: list[AllotmentIn]) -> list[AllotmentIn]:
    if len({one.appointment_type_id for one in allotments}) < len(allotments):
        raise ValueError("must not name an appointment type twice")
    return allotments


def _each_once(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


Allotments = Annotated[list[AllotmentIn], Field(max_length=50), AfterValidator(_one_of_each)]


FormIds = Annotated[list[UUID], Field(max_length=20), AfterValidator(_each_once)]


class ProgramIn(In):
    """A new program."""

    name: ProgramName
    slug: Slug | None = None
    """Its name in the public page's address; default: made from the name."""
    description: Description = ""
    """Markdown."""
    cover_file_id: UUID | None = None
    """A picture of `POST /v1/images`."""
    status: Literal["draft", "published"] = "draft"
    duration_weeks: Weeks | None = None
    price: Price | None = None
    """Default: free, in the practice's currency."""
    payment_plan: PaymentPlan = "upfront"
    installment_count: Installments = 3
    """Of an installment plan: so many invoices, one a month from the sign-up on."""
    enrollment_mode: EnrollmentMode = "sign_up"
    """`quick_start`: the coach enrols directly; `sign_up`: the client goes through sign-up."""
    self_scheduling_enabled: bool = False
    schedule_id: UUID | None = None
    """The hours its sessions are booked in; default: each appointment type's own."""
    contract_template_id: UUID | None = None
    """What clients sign on the way in: made for each of them once, and sent."""
    appointment_types: Allotments = []
    form_ids: FormIds = []
    """Forms that each client is asked to fill in once they sign up, in this order."""
    forms_required: bool = True
    """Whether an enrollment waits for them before it becomes active."""


class ProgramChanges(In):
    """What to change. What is left out stays; `appointment_types` are replaced as a whole.

    Enrollments that are active already keep the credits they were granted.
    """

    name: ProgramName = UNCHANGED
    slug: Slug = UNCHANGED
    description: Description = UNCHANGED
    cover_file_id: UUID | None = UNCHANGED
    duration_weeks: Weeks | None = UNCHANGED
    price: Price = UNCHANGED
    payment_plan: PaymentPlan = UNCHANGED
    installment_count: Installments = UNCHANGED
    enrollment_mode: EnrollmentMode = UNCHANGED
    self_scheduling_enabled: bool = UNCHANGED
    schedule_id: UUID | None = UNCHANGED
    contract_template_id: UUID | None = UNCHANGED
    appointment_types: Allotments = UNCHANGED
    form_ids: FormIds = UNCHANGED
    forms_required: bool = UNCHANGED


class DuplicateIn(In):
    """What the copy is called; default: `Copy of` and the name of the original."""

    name: ProgramName | None = None


class ProgramQuery(PageQuery):
    """Which programs."""

    status: ProgramStatus | None = None


class AllotmentOut(Out):
    """How much of an appointment type the program grants; one of the two units is null."""

    appointment_type_id: UUID
    sessions: int | None
    minutes: int | None
    expires_after_days: int | None


class ProgramOut(Out):
    """A program. `description_html` is the description's safe HTML rendering."""

    id: UUID
    name: str
    slug: str
    description: str
    description_html: str
    cover_file_id: UUID | None
    cover_url: str | None
    status: ProgramStatus
    duration_weeks: int | None
    price: PriceOut
    payment_plan: PaymentPlan
    installment_count: int
    enrollment_mode: EnrollmentMode
    self_scheduling_enabled: bool
    schedule_id: UUID | None
    contract_template_id: UUID | None
    appointment_types: list[AllotmentOut]
    form_ids: list[UUID]
    forms_required: bool
    version: int
    created_at: datetime
    updated_at: datetime
