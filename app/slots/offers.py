"""The engine: which starts a coach's rules and diary offer."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.slots.busy import refused_by_busy
from app.slots.caps import refused_to_client, refused_to_everyone
from app.slots.diary import Diary, Session
from app.slots.grids import grids_between
from app.slots.groups import open_sessions, taken_by_sessions
from app.slots.horizon import within_reach
from app.slots.rules import SlotRules
from app.slots.spans import Span, join_spans
from app.slots.sweep import free_starts


class Slot(NamedTuple):
    """One offer, in epoch seconds."""

    starts_at: int
    ends_at: int
    seats_left: int


@dataclass(frozen=True, slots=True)
class Offers:
    """The offered starts in order; `sessions` holds those that join an open group session."""

    rules: SlotRules
    starts: Sequence[int] = ()
    sessions: Mapping[int, Session] = field(default_factory=dict)

    def slots(self) -> list[Slot]:
        """Each start with its end and the seats left."""
        return [Slot(*each) for each in zip(self.starts, self.ends(), self.seats(), strict=True)]

    def ends(self) -> list[int]:
        """The end of each start's appointment, in the same order."""
        duration = self.rules.duration
        ends = [start + duration for start in self.starts]
        for index, session in self._placed_sessions():
            ends[index] = session.ends_at
        return ends

    def seats(self) -> list[int]:
        """The seats left at each start, in the same order."""
        seats = [self.rules.capacity] * len(self.starts)
        for index, session in self._placed_sessions():
            seats[index] = session.seats_left
        return seats

    def _placed_sessions(self) -> list[tuple[int, Session]]:
        return [(bisect_left(self.starts, start), each) for start, each in self.sessions.items()]


def offer_slots(rules: SlotRules, diary: Diary, *, since: int, until: int, now: int) -> Offers:
    """Every start in `since <= start < until` that can be booked as of now (epoch seconds).

    A group session with a free seat is offered at its own start; every other start keeps clear of
    it. The diary has to hold what overlaps `busy_span()` and what starts in `counted_span()`.
    """
    since, until = within_reach(rules, now, since=since, until=until)
    if since >= until:
        return Offers(rules)
    refused = join_spans(_refused_to_new(rules, diary))
    starts = free_starts(grids_between(rules, since, until), refused)
    sessions = open_sessions(rules, diary, since=since, until=until)
    return Offers(rules, sorted([*starts, *sessions]) if sessions else starts, sessions)


def _refused_to_new(rules: SlotRules, diary: Diary) -> list[Span]:
    """The spans of starts at which no new appointment can begin."""
    return [
        *refused_by_busy(rules, diary.appointments),
        *refused_by_busy(rules, diary.external),
        *refused_to_everyone(rules, diary),
        *refused_to_client(rules, diary),
        *taken_by_sessions(diary),
    ]
