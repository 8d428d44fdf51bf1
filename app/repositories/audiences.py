"""Who looks at what the two sides of a practice share."""

from dataclasses import dataclass
from typing import Any, Literal
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

    @property
    def scope(self) -> dict[str, Any]:
        """The parameters that limit a list to what this audience sees.

        A client's `only_contact_id` is a condition of its own: no filter can replace it.
        """
        scope: dict[str, Any] = {"workspace_id": self.workspace_id, "side": self.side}
        return scope if self.side == "member" else {**scope, "only_contact_id": self.contact_id}

    @classmethod
    def team(cls, workspace_id: UUID) -> "Audience":
        """Every member of the practice's team."""
        return cls(workspace_id=workspace_id, side="member", contact_id=None)

    @classmethod
    def client(cls, workspace_id: UUID, contact_id: UUID) -> "Audience":
        """The client who is this contact."""
        return cls(workspace_id=workspace_id, side="client", contact_id=contact_id)
