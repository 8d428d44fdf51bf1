"""Calendars that are none, or are written to do harm; read by a process with limits."""

from datetime import UTC, datetime

import pytest

from app.features.calendars.feed_reading import FeedReader, Unreadable, Window
from tests.features.calendars.feeds import calendar, event

WINDOW = Window(
    since=datetime(2026, 11, 20, tzinfo=UTC),
    until=datetime(2027, 5, 20, tzinfo=UTC),
    time_zone="Europe/Berlin",
)
DAY = ("DTSTART:20261201T090000Z", "DTEND:20261201T100000Z")


async def read(raw: bytes, *, cpu_seconds: int = 10) -> list[tuple[int, int]]:
    return list(await FeedReader(cpu_seconds=cpu_seconds).busy(raw, WINDOW))


async def test_a_calendar_is_read_by_the_process():
    starts = int(datetime(2026, 12, 1, 9, tzinfo=UTC).timestamp())

    assert await read(calendar(event(*DAY))) == [(starts, starts + 3600)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"<!doctype html><title>Sign in</title>",
        b"/etc/passwd",
        b"\x00\xff\xfe\x00" * 100,
        calendar(event(*DAY))[:-20],
        calendar(event(*DAY)).replace(b"END:VEVENT\r\n", b""),
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n" * 50_000,
        b"END:VCALENDAR\r\n",
    ],
    ids=[
        *("nothing", "blank", "page", "path", "binary", "truncated", "unclosed"),
        *("bare", "nested", "closed"),
    ],
)
async def test_what_is_no_whole_calendar_is_refused(raw: bytes):
    with pytest.raises(Unreadable) as refusal:
        await read(raw)

    assert refusal.value.code == "not_a_calendar"


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=2", "freq=secondly", "FREQ=DAILY;INTERVAL=0"]
)
async def test_an_event_of_every_minute_is_refused_before_it_is_expanded(rule: str):
    with pytest.raises(Unreadable) as refusal:
        await read(calendar(event(*DAY, f"RRULE:{rule}")))

    assert refusal.value.code == "too_complex"


async def test_a_calendar_that_takes_for_ever_is_ended():
    ancient = [
        event(
            *("DTSTART:00010101T000000Z", "DTEND:00010101T000100Z"),
            "RRULE:FREQ=HOURLY;BYMINUTE=0,10,20,30,40,50",
            uid=str(number),
        )
        for number in range(200)
    ]

    with pytest.raises(Unreadable) as refusal:
        await read(calendar(*ancient), cpu_seconds=1)

    assert refusal.value.code == "too_complex"


async def test_more_busy_times_than_anybody_has_are_refused():
    hourly = ("DTSTART:20261121T000000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY;BYMINUTE=0,10,20,30")

    with pytest.raises(Unreadable) as refusal:
        await read(calendar(event(*hourly)))

    assert refusal.value.code == "too_complex"


async def test_yearly_events_that_never_come_do_no_harm():
    never = event(*DAY, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")

    assert len(await read(calendar(never))) <= 1
