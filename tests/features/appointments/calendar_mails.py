"""Mails as calendar programs read them."""

from email.message import EmailMessage

from icalendar import Calendar, Event


def calendars(mail: EmailMessage) -> list[tuple[str, Calendar]]:
    """Every calendar in a mail: how it lies in there, and what it says."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    found = []
    for part in parts:
        raw = part.get_payload(decode=True)
        assert isinstance(raw, bytes)
        calendar = Calendar.from_ical(raw)
        assert part["content-type"].params["method"] == calendar["METHOD"]
        assert part["content-type"].params["charset"] == "utf-8"
        found.append((part.get_filename() or "body", calendar))
    return found


def entry_in(mail: EmailMessage, method: str) -> Event:
    """The one meeting a mail is about, the same as a form of the body and as a file."""
    [(body, request), (file, copy)] = calendars(mail)
    assert (body, file) == ("body", "invite.ics")
    assert request["METHOD"] == method
    assert request.to_ical() == copy.to_ical()
    [event] = request.events
    assert event.errors == []
    assert "VALARM" not in str(request)
    return event
