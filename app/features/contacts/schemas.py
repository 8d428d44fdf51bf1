"""Contacts as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, JsonValue, model_validator

from app.core.fields import UNCHANGED, Email, In, Line, Name, Out, Phone, TimeZone
from app.models.contacts import tag_key


def _one_of_each(tags: list[str]) -> list[str]:
    """The tags without repetitions; of two spellings the first one stays."""
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(tag_key(tag), tag)
    return list(kept.values())


ContactType = Literal["lead", "prospect", "client"]
PortalStatus = Literal["not_invited", "pending", "active", "disabled"]
LastName = Annotated[str, Line(100, min_length=0)]
Company = Annotated[str, Line(200)]
JobTitle = Annotated[str, Line(200)]
Tag = Annotated[str, Line(40)]
Tags = Annotated[list[Tag], Field(max_length=50), AfterValidator(_one_of_each)]
CustomFields = Annotated[dict[str, JsonValue], Field(max_length=100)]
ExternalId = Annotated[str, Line(200)]
Source = Annotated[str, Line(100)]


class ContactIn(In):
    """A new contact."""

    first_name: Name
    last_name: LastName = ""
    email: Email | None = None
    phone: Phone | None = None
    company: Company | None = None
    job_title: JobTitle | None = None
    time_zone: TimeZone | None = None
    type: ContactType = "client"
    tags: Tags = []
    coach_id: UUID | None = None
    """A member of the team; default: whoever adds the contact."""
    custom_fields: CustomFields = {}
    external_id: ExternalId | None = None
    source: Source | None = None
    send_portal_invite: bool = False
    """Whether to invite them to the portal in the same step; needs an `email`."""

    @model_validator(mode="after")
    def needs_an_address(self) -> Self:
        """Refuse the invitation of somebody who can't be written to."""
        if self.send_portal_invite and self.email is None:
            raise ValueError("send_portal_invite needs an email")
        return self


class ContactChanges(In):
    """What to change. What is left out stays; null empties a field that may be empty.

    `custom_fields` is merged value by value, null removes one; `tags` are replaced. Another
    `email` takes back an invite that is still pending, because it went to the old address.
    """

    first_name: Name = UNCHANGED
    last_name: LastName = UNCHANGED
    email: Email | None = UNCHANGED
    phone: Phone | None = UNCHANGED
    company: Company | None = UNCHANGED
    job_title: JobTitle | None = UNCHANGED
    time_zone: TimeZone | None = UNCHANGED
    type: ContactType = UNCHANGED
    tags: Tags = UNCHANGED
    coach_id: UUID | None = UNCHANGED
    custom_fields: CustomFields = UNCHANGED
    external_id: ExternalId | None = UNCHANGED
    source: Source | None = UNCHANGED


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
