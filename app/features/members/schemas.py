"""The team and its invitations as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.access.password_rules import NewPassword
from app.core.fields import Email, In, Line, Name, Out, TimeZone
from app.core.paging import PageQuery

MemberRole = Literal["owner", "coach", "assistant"]
MemberStatus = Literal["active", "removed"]
InviteToken = Annotated[str, Line(200), Field(repr=False)]


class MemberQuery(PageQuery):
    """Which members: those on the team, or those who have left it."""

    status: MemberStatus = "active"


class MemberOut(Out):
    """Somebody on the team. `email` is null for who has left: it is theirs alone now."""

    id: UUID
    user_id: UUID
    name: str
    email: str | None
    role: MemberRole
    status: MemberStatus
    joined_at: datetime
    removed_at: datetime | None


class MemberChanges(In):
    """A member's other role."""

    role: MemberRole


class MemberInviteIn(In):
    """Whom to invite, and as what."""

    email: Email
    role: MemberRole
    name: Name | None = None


class MemberInviteOut(Out):
    """A pending invitation; `invited_by` is a name."""

    id: UUID
    email: str
    name: str | None
    role: MemberRole
    invited_by: str
    expires_at: datetime
    expired: bool
    created_at: datetime


class MemberInviteTokenIn(In):
    """The token of an invitation's link."""

    token: InviteToken


class MemberInviteLookupOut(Out):
    """What an invitation says to whoever holds its link."""

    workspace_name: str
    invited_by: str
    logo_url: str | None
    accent_color: str
    masked_email: str
    name: str | None
    role: MemberRole
    account_exists: bool
    expires_at: datetime
    expired: bool


class MemberInviteAcceptIn(In):
    """Joining: with a password for a new account, or signed in to the one there is."""

    token: InviteToken
    password: NewPassword | None = None
    name: Name | None = None
    time_zone: TimeZone | None = None
