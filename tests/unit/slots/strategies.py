"""Random coaches, diaries and questions, most of them close to a change of the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from app.slots import Busy, Diary, Interval, Schedule, Session, SlotRules

quick = settings(max_examples=60, deadline=None)

PLACES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour back
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour ahead
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours ahead
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("Asia/Kathmandu", date(2026, 7, 1)),  # +05:45, no changes
    ("Pacific/Chatham", date(2026, 9, 27)),  # from +12:45 to +13:45
    ("Asia/Beirut", date(2026, 3, 29)),  # no midnight
    ("Asia/Beirut", date(2026, 10, 25)),  # the hour before midnight twice
    ("America/Havana", date(2026, 11, 1)),  # the hour after midnight twice
    ("America/Scoresbysund", date(2024, 3, 31)),  # zone and summer time change together
    ("Africa/Casablanca", date(2026, 2, 15)),  # summer time ends for Ramadan
    ("America/St_Johns", date(2010, 11, 7)),  # 00:01 back to 23:01 of the day before
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Asia/Pyongyang", date(2018, 5, 4)),  # 23:30 to midnight missing
    ("America/Caracas", date(2007, 12, 9)),  # half an hour back, for good
    ("Pacific/Apia", date(2011, 12, 30)),  # a day that never was
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # another
    ("UTC", date(2026, 12, 31)),
    ("Europe/London", date(2028, 2, 29)),
]
_SHIFTS = st.sampled_from([[Interval(540, 1020)], [Interval(1260, 1620)], [Interval(0, 1440)]])
VIEWERS = ["Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Europe/Berlin", "UTC"]


@dataclass(frozen=True)
class Case:
    """One question to the engine."""

    rules: SlotRules
    diary: Diary
    since: int
    until: int
    now: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, day = draw(st.sampled_from(PLACES))
    rules = draw(_rules(zone, day))
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    since = noon + draw(st.integers(-48, 12)) * 3600 + draw(st.sampled_from([0, 0, 900, 61]))
    until = since + draw(st.sampled_from([48, 48, 30, 24, 1])) * 3600
    now = since - draw(st.sampled_from([86_400, 86_400, 59]) | st.integers(-12 * 3600, 40 * 3600))
    return Case(rules, draw(_diaries(rules, since, until)), since, until, now)


@st.composite
def _rules(draw: st.DrawFn, zone: str, day: date) -> SlotRules:
    cap = st.sampled_from([None, None, None, None, 1, 2, 3])
    buffer = st.sampled_from([0, 0, 5, 15, 45])
    return SlotRules(
        schedule=draw(_schedules(zone, day)),
        duration_minutes=draw(st.sampled_from([30, 30, 1, 25, 45, 60, 90, 180, 1440])),
        slot_interval_minutes=draw(st.sampled_from([30, 7, 15, 20, 50, 60, 240])),
        buffer_before_minutes=draw(buffer),
        buffer_after_minutes=draw(buffer),
        min_notice_minutes=draw(st.sampled_from([0, 0, 1, 60, 1440])),
        max_advance_days=draw(st.sampled_from([None, None, None, 0, 1, 2, 3])),
        max_per_day=draw(cap),
        max_per_week=draw(cap),
        client_max_per_day=draw(cap),
        client_max_per_week=draw(cap),
        capacity=draw(st.sampled_from([1, 1, 8])),
        week_starts_on=draw(st.sampled_from([0, 6, 2])),
    )


@st.composite
def _schedules(draw: st.DrawFn, zone: str, day: date) -> Schedule:
    hours = _SHIFTS | st.lists(_intervals(), max_size=3)
    weekly = draw(st.fixed_dictionaries(dict.fromkeys(range(7), hours)))
    near = st.integers(-2, 3).map(lambda days: day + timedelta(days=days))
    return Schedule(zone, weekly, draw(st.dictionaries(near, hours, max_size=2)))


@st.composite
def _intervals(draw: st.DrawFn) -> Interval:
    """Any hours, but often those in which clocks change."""
    start = draw(
        st.integers(0, 287).map(lambda step: step * 5) | st.sampled_from([0, 60, 120, 150])
    )
    length = draw(st.sampled_from([480, 30, 60, 240, 1440]) | st.integers(1, 1440))
    return Interval(start, start + length)


@st.composite
def _diaries(draw: st.DrawFn, rules: SlotRules, since: int, until: int) -> Diary:
    instants = st.integers(since // 300 - 288, until // 300 + 288).map(lambda step: step * 300)
    sessions = draw(_sessions(rules, since, until)) if rules.capacity > 1 else []
    appointments = [(each.starts_at - 300, each.ends_at + 300) for each in sessions]
    return Diary(
        appointments=_busy(draw(st.lists(_ranges(instants), max_size=4)) + appointments),
        external=_busy(draw(st.lists(_ranges(instants), max_size=3))),
        sessions=sessions,
        counted=draw(st.lists(instants, max_size=4)),
        counted_for_client=draw(st.lists(instants, max_size=3)),
    )


def _ranges(instants: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[int, int]]:
    lengths = st.sampled_from([0, 1, 59, 900, 3600, 86_400])
    return st.builds(lambda start, length: (start, start + length), instants, lengths)


def _busy(ranges: list[tuple[int, int]]) -> Busy:
    return Busy([start for start, _ in ranges], [end for _, end in ranges])


@st.composite
def _sessions(draw: st.DrawFn, rules: SlotRules, since: int, until: int) -> list[Session]:
    starts = st.integers(since // 300, until // 300).map(lambda step: step * 300)
    found = draw(st.lists(starts, max_size=3, unique=True))
    seats = st.integers(0, rules.capacity)
    return [
        Session(start, start + 1800, draw(seats), joined=draw(st.booleans())) for start in found
    ]
