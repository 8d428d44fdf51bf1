"""When a daily digest goes out: by its reader's clock, through every change of clocks."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.features.preferences.timing import next_digest

BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("after", "hour", "zone", "instant"),
    [
        ("2027-02-01T06:59:59Z", 8, BERLIN, "2027-02-01T07:00:00Z"),
        ("2027-02-01T07:00:00Z", 8, BERLIN, "2027-02-02T07:00:00Z"),
        ("2027-07-01T07:00:00Z", 8, BERLIN, "2027-07-02T06:00:00Z"),
        ("2027-02-01T23:30:00Z", 0, "UTC", "2027-02-02T00:00:00Z"),
        ("2027-02-01T12:00:00Z", 8, "Pacific/Kiritimati", "2027-02-01T18:00:00Z"),
        ("2027-02-01T12:00:00Z", 8, "Pacific/Pago_Pago", "2027-02-01T19:00:00Z"),
        ("2027-03-27T12:00:00Z", 2, BERLIN, "2027-03-28T01:00:00Z"),
        ("2027-10-30T12:00:00Z", 2, BERLIN, "2027-10-31T00:00:00Z"),
        ("2027-02-01T12:00:00Z", 8, "Mars/Olympus", "2027-02-02T08:00:00Z"),
    ],
)
def test_it_is_the_next_time_the_clock_strikes(after: str, hour: int, zone: str, instant: str):
    assert next_digest(at(after), hour=hour, zone=zone) == at(instant)


@pytest.mark.parametrize("hour", [0, 1, 2, 3, 8, 23])
def test_a_year_has_a_digest_a_day(hour: int):
    start = at("2027-01-01T12:00:00Z")
    instants = [start]
    while instants[-1] < start + timedelta(days=365):
        instants.append(next_digest(instants[-1], hour=hour, zone=BERLIN))

    assert len(instants) == 1 + 366
    gaps = {later - earlier for earlier, later in pairwise(instants[1:])}
    assert gaps <= {timedelta(hours=hours) for hours in (23, 24, 25)}
