"""What is written for calendar programs reads back as it was meant."""

from datetime import UTC, datetime, timedelta
from typing import Any

import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.core.icalendar_text import Entry, Party, calendar_text

START = datetime(2027, 3, 14, 6, 45, tzinfo=UTC)
ENTRY: dict[str, Any] = {
    "uid": "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f",
    "sequence": 2,
    "stamped_at": datetime(2027, 1, 1, 12, 0, 1, tzinfo=UTC),
    "starts_at": START,
    "ends_at": START + timedelta(minutes=50),
    "summary": "Deep dive with Maya Berg",
    "status": "CONFIRMED",
}
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200
).filter(lambda text: text == text.strip())


def written(**changes: Any) -> str:
    return calendar_text([Entry(**{**ENTRY, **changes})], method="REQUEST")


def test_the_line_form_is_the_standards():
    text = written(summary="é" * 200, description="x" * 500)

    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == ""
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75


def test_an_entry_says_when_it_is_in_utc_and_what_may_be_done_with_it():
    text = written()

    for line in (
        "METHOD:REQUEST",
        "DTSTART:20270314T064500Z",
        "DTEND:20270314T073500Z",
        "DTSTAMP:20270101T120001Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
    ):
        assert f"\r\n{line}\r\n" in text
    assert "VALARM" not in text


def test_the_same_entry_is_the_same_text():
    assert written() == written()


@given(summary=words, name=words, location=words)
def test_any_words_read_back(summary: str, name: str, location: str):
    maya = Party(name=name, email="maya@example.com")

    raw = written(summary=summary, location=location, organizer=maya, attendees=(maya, maya))

    [event] = Calendar.from_ical(raw.encode()).events
    assert event.errors == []
    assert str(event["SUMMARY"]) == summary
    assert str(event["LOCATION"]) == location
    assert event["ORGANIZER"] == "mailto:maya@example.com"
    assert event.organizer is not None
    assert event.organizer.params["CN"] == name
    assert [guest.params["PARTSTAT"] for guest in event.attendees] == ["ACCEPTED"] * 2


def test_no_words_break_out_of_their_line():
    text = written(
        summary="Hello\r\nATTENDEE:mailto:eve@example.com",
        organizer=Party(name='Maya":mailto:eve@example.com\nX-A', email="maya@example.com"),
    )

    [event] = Calendar.from_ical(text.encode()).events
    assert "ATTENDEE" not in event
    assert event["ORGANIZER"] == "mailto:maya@example.com"


def test_a_subscription_names_itself_and_expands_in_another_reader():
    entries = [Entry(**{**ENTRY, "uid": str(n)}) for n in range(3)]

    calendar = Calendar.from_ical(
        calendar_text(entries, method="PUBLISH", name="Berg Coaching").encode()
    )

    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Berg Coaching"
    assert calendar["X-PUBLISHED-TTL"] == "PT15M"
    found = recurring_ical_events.of(calendar).between(START, START + timedelta(hours=1))
    assert {str(event["UID"]) for event in found} == {"0", "1", "2"}
