"""What happens to a practice's team."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from app.core.events import DomainEvent
from app.core.jobs import URGENT


@dataclass(frozen=True, kw_only=True)
class MemberInvited(DomainEvent):
    """Somebody was invited to the team, or invited again; `subject_id` is the invitation.

    `generation` counts how often: each mail's link makes the ones before it useless.
    """

    type = "member.invited"
    lane: ClassVar[int] = URGENT

    email: str
    name: str | None
    role: str
    generation: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class MemberInviteRevoked(DomainEvent):
    """A pending invitation to the team was taken back; `subject_id` is the invitation."""

    type = "member.invite_revoked"

    email: str


@dataclass(frozen=True, kw_only=True)
class MemberJoined(DomainEvent):
    """Somebody accepted, and is of the team now; `subject_id` is the member."""

    type = "member.joined"

    member_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(DomainEvent):
    """A member may do other things now; `subject_id` is the member."""

    type = "member.role_changed"

    member_id: UUID
    name: str
    old_role: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(DomainEvent):
    """A member left, or was removed; `subject_id` is the member.

    Their `contacts`, so many, have another coach now.
    """

    type = "member.removed"

    member_id: UUID
    name: str
    role: str
    contacts: int
    new_coach_id: UUID
