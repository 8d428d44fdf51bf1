"""Bulk invitations as the API takes and gives them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.core.fields import In, Line, Out
from app.core.paging import PageQuery
from app.features.invites.schemas import DeliveryStatus, Message

Result = Literal[
    "invited",
    "already_active",
    "access_disabled",
    "no_email",
    "archived",
    "lead",
    "recently_invited",
    "unsubscribed",
    "not_found",
]


class BatchFilter(In):
    """Which contacts; the same meaning as the filters of `GET /v1/contacts`."""

    portal_status: Literal["not_invited", "pending", "active", "disabled"] | None = None
    type: Literal["lead", "prospect", "client"] | None = None
    tag: Annotated[str, Line(40)] | None = None
    search: Annotated[str, Line(100)] | None = None
    coach_id: UUID | None = None


class BatchIn(In):
    """Either `contact_ids`, or a `filter` ({} is everybody) less `except_ids`."""

    contact_ids: Annotated[list[UUID], Field(min_length=1, max_length=10_000)] | None = None
    filter: BatchFilter | None = None
    except_ids: Annotated[list[UUID], Field(max_length=10_000)] = []
    message: Message | None = None

    @model_validator(mode="after")
    def one_way_to_choose(self) -> Self:
        """Refuse both ways at once, and neither."""
        if (self.contact_ids is None) == (self.filter is None):
            raise ValueError("send either contact_ids or filter")
        if self.contact_ids is not None and self.except_ids:
            raise ValueError("except_ids goes with filter")
        return self


class DeliveryCounts(Out):
    """How many of a batch's e-mails are in which state."""

    queued: int
    sent: int
    failed: int
    bounced: int
    suppressed: int
    cancelled: int

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """The counts, with 0 for a state nothing is in."""
        return cls(**{name: counts.get(name, 0) for name in cls.model_fields})


class BatchOut(Out):
    """A bulk invitation; `skipped` counts by reason, `delivery` is live."""

    id: UUID
    total: int
    invited: int
    skipped: dict[str, int]
    message: str | None
    delivery: DeliveryCounts
    created_at: datetime


class BatchItemQuery(PageQuery):
    """Which items."""

    result: Result | None = None


class BatchItemOut(Out):
    """What became of one contact; its name is null when the contact is gone, or never was."""

    id: UUID
    contact_id: UUID
    contact_name: str | None
    email: str | None
    result: Result
    delivery_status: DeliveryStatus | None
    smtp_reply: str | None

    @classmethod
    def of(cls, row: Any) -> Self:
        """An item's row; an invited contact's e-mail is queued until it is planned."""
        queued = "queued" if row.result == "invited" else None
        named = row.first_name is not None
        return cls(
            id=row.id,
            contact_id=row.contact_id,
            contact_name=f"{row.first_name} {row.last_name}".strip() if named else None,
            email=row.email,
            result=row.result,
            delivery_status=row.delivery_status or queued,
            smtp_reply=row.smtp_reply,
        )
