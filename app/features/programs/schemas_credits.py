"""Session credits as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.core.fields import UNCHANGED, In, Instant, Out, Text
from app.core.paging import PageQuery
from app.features.programs.schemas import Unit
from app.features.programs.schemas_enrollments import CreditOut

MOST = 100_000

EntryKind = Literal["grant", "reserve", "consume", "release", "forfeit", "expire", "adjust"]


def _something(amount: int) -> int:
    if amount == 0:
        raise ValueError("must not be 0")
    return amount


Amount = Annotated[int, Field(ge=-MOST, le=MOST, examples=[2]), AfterValidator(_something)]


class AdjustmentIn(In):
    """Credits to add, or with a negative `amount` to take; never more than are left.

    `expires_at` moves the expiry of all credits of this type: null is never, left out is as it
    was. `unit` decides where the enrollment has none of this type yet; default: sessions.
    """

    appointment_type_id: UUID
    amount: Amount
    unit: Unit | None = None
    reason: Annotated[str, Text(500)] | None = None
    expires_at: Instant | None = UNCHANGED


class CreditList(Out):
    """What an enrollment has of each appointment type."""

    data: list[CreditOut]


class CreditEntryQuery(PageQuery):
    """Which lines of the ledger."""

    appointment_type_id: UUID | None = None
    kind: EntryKind | None = None


class CreditEntryOut(Out):
    """A line of the ledger: `change` is its effect on what is left.

    `seat_id` is the attendee that credits were reserved for.
    """

    id: UUID
    appointment_type_id: UUID
    unit: Unit
    kind: EntryKind
    amount: int
    change: int
    seat_id: UUID | None
    reason: str | None
    made_by: UUID | None
    created_at: datetime
