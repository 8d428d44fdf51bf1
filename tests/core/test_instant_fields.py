from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.fields import Day, Instant

instant = TypeAdapter(Instant)
day = TypeAdapter(Day)


@pytest.mark.parametrize(
    "value",
    [
        *("2026-11-03T09:30:00Z", "2026-11-03T10:30:00+01:00", "2026-11-03t09:30:00z"),
        *("2026-11-03 09:30:00+00:00", "2026-11-03T09:30:00.000Z"),
    ],
)
def test_instants_are_kept_in_utc(value: str) -> None:
    kept = instant.validate_python(value)

    assert kept == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert kept.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        *("2026-11-03T09:30:00", "2026-11-03", "2026-11-03T09:30Z", "1762162200", 1762162200, 1.5),
        *("2026-02-30T00:00:00Z", "2026-11-03T25:00:00Z", "2026-11-03T09:30:00+25:00", "now", ""),
        *("1899-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", True, None),
        *("9999-12-31T23:59:59-14:00", "12026-11-03T09:30:00Z", "٢٠٢٦-11-03T09:30:00Z", {}),
    ],
)
def test_what_is_no_instant_of_our_time_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        instant.validate_python(value)


def test_a_day() -> None:
    assert day.validate_python("2026-11-03") == date(2026, 11, 3)


@pytest.mark.parametrize(
    "value",
    [
        *("2026-11-3", "2026-02-30", "2026-11-03T00:00:00Z", "20261103", 20261103, True, None, ""),
        *("1899-12-31", "2201-01-01", "0000-01-01", "03.11.2026"),
    ],
)
def test_what_is_no_day_of_our_time_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        day.validate_python(value)
