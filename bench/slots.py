"""The slot engine against a bare sweep that knows no zone, no rule and no buffer.

Both answer the same question for a coach in UTC and have to agree before they are timed.
"""

import gc
import random
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

from app.slots import (
    Busy,
    Diary,
    Interval,
    Offers,
    Schedule,
    SlotRules,
    answer_days,
    midnight,
    offer_slots,
    warm_midnights,
)
from bench.report import Table
from bench.stage import Stage

DAY = 86_400
FIRST_DAY = date(2026, 10, 1).toordinal()
HALF_HOUR, QUARTER = 1_800, 900
SHIFTS = [(9 * 3_600, 12 * 3_600), (13 * 3_600, 18 * 3_600)]
TURNS = 40
GOALS = {30: 0.50, 90: 0.55}


def measure(stage: Stage, *, rounds: int, seconds: int) -> list[Table]:  # noqa: ARG001 - a part's
    """A row for each size of question; it needs no database."""
    warm_midnights(["UTC"], years=[2026, 2027])
    gc.freeze()
    table = Table(
        "Slots: the engine against a bare sweep",
        "days | busy ranges | slots | floor ms | ours ms | floor to ours | goal"
        " | ours with the answer ms",
    )
    for days, ranges in [(30, 0), (30, 1000), (90, 0), (90, 1000)]:
        table.add(days, ranges, *_timed(days, ranges, rounds=rounds * TURNS))
    return [table]


def _timed(days: int, ranges: int, *, rounds: int) -> list[str]:
    """Floor and engine in turns, so that a busy machine slows both."""
    since = midnight("UTC", FIRST_DAY)
    busy = random_busy(since, since + days * DAY, ranges)
    expected = bare_sweep(busy, since, days)
    if list(ask(busy, since, days).starts) != expected:
        raise SystemExit("bench: engine and floor disagree")
    floor, engine, answer = in_turns(
        lambda: bare_sweep(busy, since, days),
        lambda: ask(busy, since, days),
        lambda: answer_days(ask(busy, since, days), "UTC"),
        rounds=rounds,
    )
    ratio = f"{floor / engine:.2f}"
    return [
        str(len(expected)),
        *(f"{value:.3f}" for value in (floor, engine)),
        ratio,
        f"≥ {GOALS[days]}",
        f"{answer:.3f}",
    ]


def random_busy(since: int, until: int, count: int) -> Busy:
    """Ranges of a quarter to a whole hour, the same in every run, ordered as the database does."""
    dice = random.Random(count)  # noqa: S311 - a bench wants the same numbers each time
    starts = sorted(dice.randrange(since, until, 300) for _ in range(count))
    return Busy(starts, [start + dice.choice([900, 1_800, 3_600]) for start in starts])


def ask(busy: Busy, since: int, days: int) -> Offers:
    """The whole engine, rules built anew as a request does."""
    shifts = [Interval(begin // 60, end // 60) for begin, end in SHIFTS]
    schedule = Schedule("UTC", dict.fromkeys(range(7), shifts))
    rules = SlotRules(schedule=schedule, duration_minutes=30, slot_interval_minutes=15)
    return offer_slots(rules, Diary(busy), since=since, until=since + days * DAY, now=since)


def bare_sweep(busy: Busy, since: int, days: int) -> list[int]:
    """What is left when every rule goes: shifts, ordered busy ranges and one sweep."""
    found: list[int] = []
    ranges = list(zip(busy.starts, busy.ends, strict=True))
    at = 0
    for begin in range(since, since + days * DAY, DAY):
        for opens, closes in SHIFTS:
            free, last = begin + opens, begin + closes - HALF_HOUR
            while at < len(ranges) and ranges[at][0] <= last + HALF_HOUR:
                start, end = ranges[at]
                found += range(free + (begin - free) % QUARTER, start - HALF_HOUR + 1, QUARTER)
                free = max(free, end)
                at += 1
            found += range(free + (begin - free) % QUARTER, last + 1, QUARTER)
    return found


def in_turns(*functions: Callable[[], object], rounds: int) -> list[float]:
    """The median of each function in milliseconds."""
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for function, seen in zip(functions, times, strict=True):
            begin = perf_counter()
            function()
            seen.append((perf_counter() - begin) * 1_000)
    return [median(seen) for seen in times]
