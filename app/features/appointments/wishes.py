"""What somebody asks to be booked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.events import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A contact's seat at a start, or at several: `count` of them, `every_weeks` apart.

    With `override` a coach books whatever the hours say. A client may have held the start.
    """

    type_id: UUID
    contact_id: UUID
    enrollment_id: UUID | None
    starts_at: datetime
    actor: Actor
    count: int = 1
    every_weeks: int = 1
    override: bool = False
    hold_id: UUID | None = None
    note: str | None = None
    time_zone: str | None = None

    @property
    def by_client(self) -> bool:
        """Whether the client asks, rather than the coach."""
        return self.actor.kind == "client"
