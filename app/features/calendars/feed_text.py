"""A calendar's text (RFC 5545) without what says nothing about when somebody is busy.

Descriptions, guests and alarms are nine tenths of a feed, and past years are most of its events:
reading what is left takes a fifth of the time. It also means that nobody's subjects get further
than this.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

TOLD = frozenset(
    {
        *("BEGIN", "END", "UID", "SEQUENCE", "STATUS", "TRANSP"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-WR-TIMEZONE"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)
"""The properties that are kept."""

REPEATED = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
ALARM = "VALARM"
DEEPEST = 4
"""Components in components: an alarm in an event in a calendar makes three."""
DAY = re.compile(r"\d{8}")
NAME_ENDS = re.compile("[:;]")
NEXT_LINE = re.compile(r"\r\n|\n|\r")
FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
LEEWAY = timedelta(days=2)
"""Dates of any zone are at most this far from UTC's."""

Block = list[str]


class NotACalendar(ValueError):
    """The text isn't a whole iCalendar object: a sign-in page, say, or one cut short."""


def lean(raw: bytes, *, since: date, until: date) -> bytes:
    """The calendars in `raw`, with the events that may matter between these days (UTC).

    Raises NotACalendar.
    """
    lines = NEXT_LINE.split(FOLD.sub("", raw.decode("utf-8-sig", "replace")))
    window = f"{since - LEEWAY:%Y%m%d}", f"{until + LEEWAY:%Y%m%d}"
    kept = [
        line
        for block in _blocks(lines)
        if _matters(block, *window)
        for line in block
        if _name(line) in TOLD
    ]
    return "\r\n".join([*kept, ""]).encode()


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Each line of a calendar itself, and each component in it with its lines, alarms left out."""
    inside: list[str] = []
    block: Block = []
    for line in filter(None, lines):
        name = _name(line)
        if name == "BEGIN":
            inside.append(_value(line).upper())
        _check(inside[:1] == ["VCALENDAR"] and len(inside) <= DEEPEST)
        if ALARM not in inside:
            block.append(line)
        if name == "END":
            _check(inside.pop() == _value(line).upper())
        if len(inside) <= 1:
            yield block
            block = []
    _check(bool(lines[0]) and not inside)


def _check(well_formed: bool) -> None:  # noqa: FBT001 - it is called as assert is
    if not well_formed:
        raise NotACalendar


def _matters(block: Block, since: str, until: str) -> bool:
    """Whether this is the calendar's own line, a zone, or an event that may be in the window."""
    if len(block) == 1 or _value(block[0]).upper() == "VTIMEZONE":
        return True
    told = {_name(line): line for line in block}
    if _value(block[0]).upper() != "VEVENT" or "DTSTART" not in told:
        return False
    starts, ends = _day(told["DTSTART"]), _day(told.get("DTEND", ""))
    if REPEATED & told.keys():
        return True
    still_on = ends >= since if ends else "DURATION" in told or starts >= since
    return still_on and starts <= until


def _name(line: str) -> str:
    return NAME_ENDS.split(line, maxsplit=1)[0].strip().upper()


def _value(line: str) -> str:
    return line.rpartition(":")[2].strip()


def _day(line: str) -> str:
    """The date in a property's value, as its eight digits; empty for none."""
    found = DAY.search(_value(line))
    return found.group() if found else ""
