"""Why a contact can't be kept or removed as asked."""

from sqlalchemy.exc import IntegrityError

from app.core.database_errors import violated_constraint
from app.core.errors import AppError, Conflict, Invalid


class ContactEmailTaken(Conflict):
    """Another contact of the practice, maybe an archived one, has this e-mail address."""

    code, title = "contact_email_taken", "Another contact has this e-mail address"


class ExternalIdTaken(Conflict):
    """Another contact of the practice has this external id."""

    code, title = "external_id_taken", "Another contact has this external id"


class UnknownCoach(Invalid):
    """`coach_id` names nobody who is of the practice's team now."""

    code, title = "unknown_coach", "No such coach"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/coach_id"}
        what = {"code": self.code, "detail": "Not a member of your team"}
        super().__init__(errors=[{**where, **what}])


class ContactInUse(Conflict):
    """Papers that must be kept belong to this contact; archive it instead."""

    code, title = "contact_in_use", "This contact can't be deleted"

    def __init__(self, held_by: dict[str, int]) -> None:
        """Name what keeps the contact, and how many of each."""
        listed = ", ".join(f"{found} {label}" for label, found in held_by.items())
        super().__init__(f"Kept because of: {listed}. Archive it instead.")
        self.extra = {"held_by": held_by}


BROKEN_RULES: dict[str | None, type[AppError]] = {
    "contacts_workspace_id_email_norm_key": ContactEmailTaken,
    "contacts_workspace_id_external_id_key": ExternalIdTaken,
    "contacts_workspace_id_coach_id_fkey": UnknownCoach,
}


def refusal(error: IntegrityError) -> Exception:
    """The named failure behind a broken constraint; the error itself when it is another's."""
    rule = BROKEN_RULES.get(violated_constraint(error))
    return rule() if rule else error
