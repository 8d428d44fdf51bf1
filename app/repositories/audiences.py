"""Who looks at what the two sides of a practice share."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Side = Literal["member", "client"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The team of a practice, or one client of it, for whom only their own contact exists.

    Made by `team` and `client`, so that nobody becomes the team by leaving something out.
    """

    workspace_id: UUID
    side: Side
    contact_id: UUID | None

    @classmethod
    def team(cls, workspace_id: UUID) -> "Audience":
        """Every member of the practice's team."""
        return cls(workspace_id=workspace_id, side="member", contact_id=None)

    @classmethod
    def client(cls, workspace_id: UUID, contact_id: UUID) -> "Audience":
        """The client who is this contact."""
        return cls(workspace_id=workspace_id, side="client", contact_id=contact_id)
