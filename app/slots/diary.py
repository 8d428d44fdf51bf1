"""What already stands in a coach's diary, as the engine reads it. Instants are epoch seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Busy:
    """Ranges that can't be booked, as two parallel lists in any order; an empty range blocks none.

    Own appointments come with their own buffers already added (`blocked_from`, `blocked_until`).
    `refs` are the ids that explain() names, parallel too, or left out.
    """

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    refs: Sequence[str] = ()

    def __post_init__(self) -> None:
        if len(self.starts) != len(self.ends):
            raise ValueError("every busy range has a start and an end")
        if self.refs and len(self.refs) != len(self.starts):
            raise ValueError("either every busy range has a ref, or none has")


@dataclass(frozen=True, slots=True)
class Session:
    """A booked group session of the appointment type asked for, full or not.

    `joined` says that the client who asks has a seat in it already.
    """

    starts_at: int
    ends_at: int
    seats_left: int
    joined: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the client who asks can still take a seat."""
        return self.seats_left > 0 and not self.joined


@dataclass(frozen=True, slots=True)
class Diary:
    """Everything that may stand in the way of a start.

    `appointments` holds every own appointment, group sessions included. `counted` are the starts
    of the appointments that count towards the coach's caps and `counted_for_client` of those that
    count towards the client's, over at least `counted_span()`.
    """

    appointments: Busy = field(default_factory=Busy)
    external: Busy = field(default_factory=Busy)
    sessions: Sequence[Session] = ()
    counted: Sequence[int] = ()
    counted_for_client: Sequence[int] = ()
