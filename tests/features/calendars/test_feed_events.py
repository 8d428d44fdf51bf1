"""When somebody is busy, by their calendar."""

from datetime import UTC, datetime

import pytest

from app.features.calendars.feed_events import busy_ranges
from tests.features.calendars.feeds import calendar, event

SINCE = datetime(2026, 11, 20, tzinfo=UTC)
UNTIL = datetime(2027, 5, 20, tzinfo=UTC)
OWNER = "America/New_York"
NEW_YORK = """BEGIN:VTIMEZONE
TZID:New York as we see it
BEGIN:STANDARD
DTSTART:20201101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20200308T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE"""


def busy(raw: bytes, *, since: datetime = SINCE, until: datetime = UNTIL) -> list[str]:
    """The busy ranges, as `month-day hour:minute/hours` in UTC."""
    ranges = busy_ranges(raw, since, until, time_zone=OWNER)
    return [
        f"{datetime.fromtimestamp(start, UTC):%m-%d %H:%M}/{(end - start) / 3600:g}"
        for start, end in ranges
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART:20261201T140000Z", "DTEND:20261201T150000Z"], ["12-01 14:00/1"]),
        (["DTSTART:20261201T140000Z", "DURATION:PT90M"], ["12-01 14:00/1.5"]),
        (
            ["DTSTART;TZID=Europe/Berlin:20261201T140000", "DURATION:PT1H"],
            ["12-01 13:00/1"],
        ),
        (
            ["DTSTART;TZID=W. Europe Standard Time:20261201T140000", "DURATION:PT1H"],
            ["12-01 13:00/1"],
        ),
        (["DTSTART:20261201T140000", "DURATION:PT1H"], ["12-01 19:00/1"]),
        (["DTSTART;VALUE=DATE:20261201"], ["12-01 05:00/24"]),
        (
            ["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"],
            ["12-01 05:00/72"],
        ),
        (["DTSTART;VALUE=DATE:20270314"], ["03-14 05:00/23"]),
        (["DTSTART:20261201T140000Z", "DTEND:20261201T140000Z"], []),
        (["DTSTART:20261119T230000Z", "DTEND:20261120T010000Z"], ["11-20 00:00/1"]),
        (["DTSTART:20261101T000000Z", "DTEND:20270901T000000Z"], ["11-20 00:00/4344"]),
        (["DTSTART:20200101T000000Z", "DTEND:20200101T010000Z"], []),
        (["DTSTART:20290101T000000Z", "DTEND:20290101T010000Z"], []),
    ],
)
def test_one_event(lines: list[str], expected: list[str]):
    assert busy(calendar(event(*lines))) == expected


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
)
def test_what_takes_no_time_is_left_out(line: str):
    free = event("DTSTART:20261201T140000Z", "DTEND:20261201T150000Z", line)

    assert busy(calendar(free)) == []


def test_a_tentative_event_takes_its_time():
    maybe = event("DTSTART:20261201T140000Z", "DTEND:20261201T150000Z", "STATUS:TENTATIVE")

    assert busy(calendar(maybe)) == ["12-01 14:00/1"]


def test_whole_days_are_the_calendars_own_days():
    day = event("DTSTART;VALUE=DATE:20261201")

    assert busy(calendar(day, X_WR_TIMEZONE="Asia/Kathmandu")) == ["11-30 18:15/24"]
    assert busy(calendar(day, X_WR_TIMEZONE="Mars/Olympus")) == ["12-01 05:00/24"]


def test_a_zone_the_calendar_defines_itself_is_understood():
    in_zone = event("DTSTART;TZID=New York as we see it:20261201T090000", "DURATION:PT1H")

    assert busy(calendar(NEW_YORK, in_zone)) == ["12-01 14:00/1"]


def test_a_weekly_event_keeps_its_hour_when_the_clocks_change():
    weekly = event(
        "DTSTART;TZID=Europe/Berlin:20250106T100000",
        "DTEND;TZID=Europe/Berlin:20250106T110000",
        "RRULE:FREQ=WEEKLY",
    )

    until = datetime(2027, 4, 10, tzinfo=UTC)
    starts = busy(calendar(weekly), since=datetime(2027, 3, 15, tzinfo=UTC), until=until)

    assert starts == ["03-15 09:00/1", "03-22 09:00/1", "03-29 08:00/1", "04-05 08:00/1"]


def test_a_repeated_event_with_dates_left_out_moved_and_called_off():
    times = ("DTSTART:20261201T090000Z", "DTEND:20261201T100000Z")
    raw = calendar(
        event(*times, "RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20261202T090000Z"),
        event(
            "RECURRENCE-ID:20261203T090000Z", "DTSTART:20261203T150000Z", "DTEND:20261203T153000Z"
        ),
        event(
            "RECURRENCE-ID:20261204T090000Z",
            "DTSTART:20261204T090000Z",
            "DTEND:20261204T100000Z",
            "STATUS:CANCELLED",
        ),
    )

    assert busy(raw) == ["12-01 09:00/1", "12-03 15:00/0.5", "12-05 09:00/1"]


def test_ranges_that_touch_or_overlap_are_one():
    raw = calendar(
        event("DTSTART:20261201T090000Z", "DTEND:20261201T110000Z", uid="1"),
        event("DTSTART:20261201T100000Z", "DTEND:20261201T103000Z", uid="2"),
        event("DTSTART:20261201T110000Z", "DTEND:20261201T120000Z", uid="3"),
        event("DTSTART:20261201T130000Z", "DTEND:20261201T140000Z", uid="4"),
    )

    assert busy(raw) == ["12-01 09:00/3", "12-01 13:00/1"]


def test_one_event_that_makes_no_sense_does_not_hide_the_others():
    raw = calendar(
        event("DTSTART:20261201T090000Z", "DTEND:20261201T100000Z", uid="good"),
        event("SUMMARY:never", uid="no start"),
        event("DTSTART:tomorrow", uid="no date"),
        event("DTSTART:20261399T990000Z", "RRULE:FREQ=WEEKLY", uid="no such date"),
        event("DTSTART:20261201T090000Z", "RRULE:FREQ=SOMETIMES", uid="no rule"),
    )

    assert "12-01 09:00/1" in busy(raw)


def test_two_calendars_in_one_file_are_both_read():
    one = calendar(event("DTSTART:20261201T090000Z", "DURATION:PT1H"))
    other = calendar(event("DTSTART:20261202T090000Z", "DURATION:PT1H"))

    assert busy(one + other) == ["12-01 09:00/1", "12-02 09:00/1"]


def test_long_lines_are_folded_and_line_ends_are_of_any_kind():
    folded = event("DTSTART;TZID=Europe/\r\n Berlin:2026120\r\n\t1T140000", "DURATION:PT1H")

    assert busy(calendar(folded).replace(b"\r\n", b"\n")) == ["12-01 13:00/1"]


def test_an_event_with_an_alarm_is_read_without_it():
    alarm = ("BEGIN:VALARM", "TRIGGER:-PT10M", "DURATION:PT5M", "REPEAT:4", "END:VALARM")
    ringing = event("DTSTART:20261201T140000Z", *alarm, "DTEND:20261201T150000Z")

    assert busy(calendar(ringing)) == ["12-01 14:00/1"]
