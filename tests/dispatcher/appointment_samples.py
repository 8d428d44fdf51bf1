"""One example of every event about an appointment that writes letters."""

from typing import Any
from uuid import UUID

from app.core.events import Actor

CLIENT = Actor("client", UUID(int=13))

APPOINTMENT: dict[str, Any] = {
    "name": "Deep dive",
    "coach_id": str(UUID(int=22)),
    "starts_at": "2026-12-10T13:00:00Z",
    "ends_at": "2026-12-10T13:50:00Z",
    "location_kind": "video",
    "location_value": "https://meet.example.com/berg",
    "ical_uid": str(UUID(int=32)),
    "ical_sequence": 0,
    "capacity": 1,
}
SINGLE = {
    "note": "My questions:\none, two.",
    "series_id": None,
    "series_starts": None,
    "series_uids": None,
}
SERIES = {
    "note": None,
    "series_id": str(UUID(int=31)),
    "series_starts": ["2026-12-10T13:00:00Z", "2026-12-17T13:00:00Z"],
    "series_uids": [str(UUID(int=32)), str(UUID(int=33))],
}

DATA: dict[str, dict[str, Any]] = {
    "appointment.requested": {**APPOINTMENT, **SINGLE},
    "appointment.booked": {**APPOINTMENT, **SERIES},
    "appointment.confirmed": APPOINTMENT,
    "appointment.declined": {**APPOINTMENT, "reason": "On holiday"},
    "appointment.rescheduled": {
        **APPOINTMENT,
        "old_starts_at": "2026-12-09T13:00:00Z",
        "reason": "Dentist",
        "needs_confirmation": True,
    },
    "appointment.cancelled": {**APPOINTMENT, "reason": "I am ill", "forfeited": True},
    "appointment.no_show": {**APPOINTMENT, "forfeited": True},
    "appointment.reminder": {**APPOINTMENT, "remind_coach": True},
}

ACTORS = {
    "appointment.requested": CLIENT,
    "appointment.booked": CLIENT,
    "appointment.rescheduled": CLIENT,
    "appointment.cancelled": CLIENT,
    "appointment.reminder": Actor("system"),
}

LETTERS = (
    "requested",
    "requested_coach",
    "booked",
    "booked_coach",
    "confirmed",
    "declined",
    "rescheduled",
    "rescheduled_coach",
    "cancelled",
    "cancelled_coach",
    "no_show",
    "reminder",
    "reminder_coach",
)


def paths(appointment_id: UUID) -> dict[str, str]:
    """Where each letter's button leads."""
    path = f"/appointments/{appointment_id}"
    return {f"appointments/appointment_{name}": path for name in LETTERS}
