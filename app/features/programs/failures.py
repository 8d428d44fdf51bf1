"""Why a program can't be kept or removed as asked."""

from sqlalchemy.exc import IntegrityError

from app.core.database_errors import violated_constraint
from app.core.errors import AppError, Conflict, Invalid


class ProgramSlugTaken(Conflict):
    """Another program of the practice has this slug."""

    code, title = "program_slug_taken", "Another program has this slug"


class ProgramInUse(Conflict):
    """Somebody is, or was, enrolled in the program; archive it instead."""

    code, title = "program_in_use", "This program has enrollments: archive it instead"


class UnknownSchedule(Invalid):
    """`schedule_id` names none of the practice's schedules."""

    code, title = "unknown_schedule", "No such schedule"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/schedule_id"}
        what = {"code": self.code, "detail": "Not a schedule of your practice"}
        super().__init__(errors=[{**where, **what}])


class UnknownContractTemplate(Invalid):
    """`contract_template_id` names none of the practice's templates."""

    code, title = "unknown_contract_template", "No such contract template"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/contract_template_id"}
        what = {"code": self.code, "detail": "Not a template of your practice"}
        super().__init__(errors=[{**where, **what}])


class UnknownForm(Invalid):
    """The id names no form of the practice's, one without a version, or one that is archived."""

    code, title = "unknown_form", "No such form"

    def __init__(self, *pointers: str) -> None:
        """Point at the members of the body."""
        what = {"in": "body", "code": self.code, "detail": "Not a published form of yours"}
        super().__init__(errors=[{**what, "pointer": pointer} for pointer in pointers])


class UnknownAppointmentType(Invalid):
    """The id names no appointment type of the practice's, or one that was put aside."""

    code, title = "unknown_appointment_type", "No such appointment type"

    def __init__(self, *pointers: str) -> None:
        """Point at the members of the body."""
        what = {"code": self.code, "detail": "Not an appointment type that you offer"}
        places = pointers or ("/appointment_type_id",)
        super().__init__(errors=[{"in": "body", "pointer": place, **what} for place in places])


class ProgramNotPublished(Conflict):
    """A draft, or an archived program, takes nobody."""

    code, title = "program_not_published", "This program is not open for enrollments"


BROKEN_RULES: dict[str | None, type[AppError]] = {
    "programs_workspace_id_slug_key": ProgramSlugTaken,
    "programs_workspace_id_schedule_id_fkey": UnknownSchedule,
    "programs_workspace_id_contract_template_id_fkey": UnknownContractTemplate,
    "allotments_workspace_id_appointment_type_id_fkey": UnknownAppointmentType,
    "enrollments_workspace_id_program_id_fkey": ProgramInUse,
}


def refusal(error: IntegrityError) -> Exception:
    """The named failure behind a broken constraint; the error itself when it is another's."""
    rule = BROKEN_RULES.get(violated_constraint(error))
    return rule() if rule else error
