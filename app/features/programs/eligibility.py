"""Who can be brought into a program, and why somebody can't."""

from collections.abc import Mapping
from uuid import UUID

from app.core.errors import AppError, Conflict, NotFound
from app.features.invites.along import UNREACHABLE
from app.features.programs.schemas_enrollments import Result
from app.models import Program
from app.repositories.enrolling import Candidate

QUICK_START = "quick_start"


class AlreadyEnrolled(Conflict):
    """The contact is in this program now; they can take it again once they are through."""

    code, title = "already_enrolled", "This contact is in the program already"


REFUSALS: Mapping[str, type[AppError]] = {
    **UNREACHABLE,
    "already_enrolled": AlreadyEnrolled,
    "not_found": NotFound,
}
"""What is answered where one contact alone is named."""

OUT_OF_REACH = tuple(UNREACHABLE.values())
"""Why somebody can't be written to."""


def results_for(
    program: Program, contact_ids: list[UUID], found: Mapping[UUID, Candidate]
) -> dict[UUID, Result]:
    """What will become of each contact; the named refusal (see REFUSALS) where there is but one."""
    results = {one: _result(program, found.get(one)) for one in contact_ids}
    if len(results) == 1:
        [result] = results.values()
        if result in REFUSALS:
            raise REFUSALS[result]
    return results


def _result(program: Program, candidate: Candidate | None) -> Result:
    if candidate is None:
        return "not_found"
    if candidate.enrolled:
        return "already_enrolled"
    if program.enrollment_mode == QUICK_START:
        return _shut_out(candidate) or "enrolled"
    return _shut_out(candidate) or _beyond_reach(candidate) or "invited"


def _shut_out(candidate: Candidate) -> Result | None:
    if candidate.archived:
        return "archived"
    return "access_disabled" if candidate.portal_status == "disabled" else None


def _beyond_reach(candidate: Candidate) -> Result | None:
    """Who has to sign up must get there: by an account, or by an e-mail that makes one."""
    if candidate.has_account:
        return None
    if candidate.email_norm is None:
        return "no_email"
    return "unsubscribed" if candidate.silenced else None


def refuse_unreachable(candidate: Candidate) -> None:
    """Refuse, by name, somebody who can't be asked to sign up (409)."""
    result = _shut_out(candidate) or _beyond_reach(candidate)
    if result is not None:
        raise REFUSALS[result]
