"""Contacts as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from app.core.fields import Email, In, Instant, Line, Name, Out, Phone, TimeZone
from app.core.paging import PageQuery
from app.repositories.contact_filters import ContactFilter

ContactType = Literal["lead", "prospect", "client"]
PortalStatus = Literal["not_invited", "pending", "active", "disabled"]
Sort = Literal["name", "-name", "created_at", "-created_at", "last_active_at", "-last_active_at"]
Tag = Annotated[str, Line(40)]
Tags = Annotated[list[Tag], Field(max_length=50)]
CustomFields = Annotated[dict[str, JsonValue], Field(max_length=100)]
ExternalId = Annotated[str, Line(200)]


class ContactFields(In):
    """What a contact consists of, apart from the name."""

    last_name: Annotated[str, Line(100, min_length=0)] = ""
    email: Email | None = None
    phone: Phone | None = None
    company: Annotated[str, Line(200)] | None = None
    job_title: Annotated[str, Line(200)] | None = None
    time_zone: TimeZone | None = None
    type: ContactType = "client"
    tags: Tags = []
    coach_id: UUID | None = None
    custom_fields: CustomFields = {}
    external_id: ExternalId | None = None
    source: Annotated[str, Line(100)] | None = None


class ContactIn(ContactFields):
    """A new contact."""

    first_name: Name
    send_portal_invite: bool = False
    """Whether to invite them to the portal in the same step; needs an `email`."""


class ContactQuery(PageQuery):
    """Which contacts, in which order. `search` looks into name, e-mail and company."""

    search: Annotated[str, Line(100)] | None = None
    portal_status: PortalStatus | None = None
    type: ContactType | None = None
    tag: Tag | None = None
    coach_id: UUID | None = None
    archived: Literal["false", "true", "all"] = "false"
    created_after: Instant | None = None
    created_before: Instant | None = None
    sort: Sort = "-created_at"

    def filter(self) -> ContactFilter:
        """The conditions, without order and page."""
        return ContactFilter(**self.model_dump(exclude={"cursor", "limit", "sort"}))


class DeliveryOut(Out):
    """How the latest invite's e-mail fares."""

    status: Literal["queued", "sent", "failed", "bounced", "suppressed", "cancelled"]
    smtp_reply: str | None


class PortalOut(Out):
    """A contact's way into the portal."""

    status: PortalStatus
    invited_at: datetime | None
    invite_expires_at: datetime | None
    invite_expired: bool
    activated_at: datetime | None
    last_active_at: datetime | None
    last_invite_delivery: DeliveryOut | None


class ContactOut(Out):
    """A contact."""

    id: UUID
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    company: str | None
    job_title: str | None
    time_zone: str | None
    type: ContactType
    tags: list[str]
    coach_id: UUID | None
    custom_fields: dict[str, JsonValue]
    external_id: str | None
    source: str | None
    archived_at: datetime | None
    portal: PortalOut
    version: int
    created_at: datetime
    updated_at: datetime
