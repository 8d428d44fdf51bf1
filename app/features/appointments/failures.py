"""Why a time can't be had, and why a booking can't be changed."""

from collections.abc import Sequence

from app.core.errors import AppError, Conflict, Invalid
from app.slots import Refusal, SlotAnswer


class Unbookable(AppError):
    """What refuses a start; carries the nearest free `alternatives`, if any were looked for."""

    def __init__(self, alternatives: Sequence[SlotAnswer] | None = None) -> None:
        """Keep the alternatives for the problem object."""
        extra = {} if alternatives is None else {"alternatives": list(alternatives)}
        super().__init__(extra=extra)


class SlotTaken(Unbookable):
    """Another appointment, or time marked busy elsewhere, stands in the way."""

    status, code, title = 409, "slot_taken", "This time is taken"


class SessionFull(Unbookable):
    """Every seat of the group session is taken."""

    status, code, title = 409, "session_full", "This session is full"


class CapReached(Unbookable):
    """The coach, or the client, has as many appointments that day or week as allowed."""

    status, code, title = 409, "cap_reached", "No further appointments that day or week"


class AlreadyBooked(Unbookable):
    """The client has a seat in this session."""

    status, code, title = 409, "already_booked", "Booked already"


class OutsideAvailability(Unbookable):
    """The coach doesn't work then, or takes no start at that minute."""

    status, code, title = 422, "outside_availability", "Outside of the coach's availability"


class NoticeTooShort(Unbookable):
    """The start is past, or too soon."""

    status, code, title = 422, "notice_too_short", "Too soon"


class BeyondHorizon(Unbookable):
    """The start is further away than the coach plans."""

    status, code, title = 422, "beyond_horizon", "Too far ahead"


REFUSALS: dict[Refusal, type[Unbookable]] = {
    Refusal.OUTSIDE_AVAILABILITY: OutsideAvailability,
    Refusal.NOTICE_TOO_SHORT: NoticeTooShort,
    Refusal.BEYOND_HORIZON: BeyondHorizon,
    Refusal.CAP_REACHED: CapReached,
    Refusal.SLOT_TAKEN: SlotTaken,
    Refusal.SESSION_FULL: SessionFull,
    Refusal.ALREADY_BOOKED: AlreadyBooked,
}
"""Each refusal of the slot engine as the answer's problem."""


class NoWorkingHours(Conflict):
    """The coach has no schedule in which this could be offered."""

    code, title = "no_working_hours", "The coach has no working hours yet"


class TypeArchived(Conflict):
    """The appointment type was put aside, or its coach has left the team."""

    code, title = "appointment_type_archived", "This is no longer offered"


class BadRange(Invalid):
    """The dates ask for no day at all, or for more than 93."""

    code, title = "bad_range", "Ask for 1 to 93 days"

    def __init__(self) -> None:
        """Point at the end of the range."""
        where = {"in": "query", "pointer": "/to"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


class AppointmentClosed(Conflict):
    """The appointment, or that client's part in it, is in a state that doesn't allow this."""

    code, title = "appointment_closed", "This appointment can't be changed like that any more"


class NotStarted(Conflict):
    """Nobody can miss what hasn't begun."""

    code, title = "appointment_not_started", "This appointment has not begun yet"


class CancelWindowClosed(Conflict):
    """By the terms of its type the client can't cancel the appointment, or not any more."""

    code, title = "cancel_window_closed", "This can't be cancelled here any more"


class RescheduleWindowClosed(Conflict):
    """By the terms of its type the client can't move the appointment, or not any more."""

    code, title = "reschedule_window_closed", "This can't be moved here any more"


class NoSuchAttendee(Invalid):
    """`contact_id` names nobody who has a part in this appointment."""

    code, title = "no_such_attendee", "This contact has no part in the appointment"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/contact_id"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])
