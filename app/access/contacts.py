"""A contact of the practice and what belongs to them, where a body names it."""

from app.core.errors import Invalid


class UnknownContact(Invalid):
    """The id names no contact of this practice."""

    code, title = "unknown_contact", "No such contact"

    def __init__(self, pointer: str = "/contact_id") -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": pointer}
        what = {"code": self.code, "detail": "Not a contact of your practice"}
        super().__init__(errors=[{**where, **what}])


class UnknownEnrollment(Invalid):
    """The id names no enrollment of this contact."""

    code, title = "unknown_enrollment", "No such enrollment"

    def __init__(self, pointer: str = "/enrollment_id") -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": pointer}
        what = {"code": self.code, "detail": "Not an enrollment of this contact"}
        super().__init__(errors=[{**where, **what}])


class UnknownAppointment(Invalid):
    """The id names no appointment that this contact has, or had, a seat in."""

    code, title = "unknown_appointment", "No such appointment"

    def __init__(self, pointer: str = "/appointment_id") -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": pointer}
        what = {"code": self.code, "detail": "Not an appointment of this contact"}
        super().__init__(errors=[{**where, **what}])


class UnknownProgram(Invalid):
    """The id names no program of this practice."""

    code, title = "unknown_program", "No such program"

    def __init__(self, pointer: str = "/program_id") -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": pointer}
        what = {"code": self.code, "detail": "Not a program of your practice"}
        super().__init__(errors=[{**where, **what}])
