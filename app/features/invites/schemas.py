"""Invitations as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from app.access.password_rules import NewPassword
from app.core.fields import In, Line, Name, Out, Text, TimeZone
from app.models import Contact

DeliveryStatus = Literal["queued", "sent", "failed", "bounced", "suppressed", "cancelled"]
Message = Annotated[str, Text(1000)]
Token = Annotated[str, Line(200)]


class InviteIn(In):
    """An invitation's own words, shown above the button."""

    message: Message | None = None


class InviteOut(Out):
    """An invitation on its way."""

    contact_id: UUID
    status: Literal["pending"]
    invited_at: datetime
    invite_expires_at: datetime

    @classmethod
    def of(cls, contact: Contact) -> Self:
        """What a contact that was just invited shows."""
        return cls.model_validate(
            {
                "contact_id": contact.id,
                "status": contact.portal_status,
                "invited_at": contact.invited_at,
                "invite_expires_at": contact.invite_expires_at,
            }
        )


class AccessIn(In):
    """Whether the client may come in."""

    enabled: bool


class AccessOut(Out):
    """A contact's portal status after the switch."""

    contact_id: UUID
    status: Literal["active", "disabled"]


class TokenIn(In):
    """The token of an invitation's link."""

    token: Token


class LookupOut(Out):
    """What an invitation says to whoever holds its link."""

    workspace_name: str
    coach_name: str
    logo_url: str | None
    accent_color: str
    masked_email: str
    first_name: str
    last_name: str
    account_exists: bool
    expires_at: datetime
    expired: bool


class AcceptIn(In):
    """Coming in: with a password for a new account, or signed in to the one there is."""

    token: Token
    password: NewPassword | None = None
    first_name: Name | None = None
    last_name: Annotated[str, Line(100, min_length=0)] | None = None
    time_zone: TimeZone | None = None


class RenewedOut(Out):
    """A fresh invitation is on its way."""

    masked_email: str
