"""Session credits of an enrollment, coach side."""

from typing import Annotated

from fastapi import Query

from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.programs import crediting
from app.features.programs.failures import UnknownAppointmentType
from app.features.programs.paths import Enroller, EnrollmentId, EnrollmentInPath, Enrollments
from app.features.programs.schemas_credits import (
    AdjustmentIn,
    CreditEntryOut,
    CreditEntryQuery,
    CreditList,
)
from app.features.programs.steering import WrongEnrollmentStatus
from app.repositories.credit_adjustments import CreditsExpired, OtherUnit
from app.repositories.credits import NoCredits

router = api_router("/v1/enrollments/{enrollment_id}/credits", "enrollments")


@router.get("")
async def get_enrollment_credits(
    enrollment_id: EnrollmentId, enrollments: Enrollments
) -> CreditList:
    """What is left of everything that was granted."""
    return await crediting.read_credits(enrollments, enrollment_id)


@router.post(
    "",
    responses=problems(
        WrongEnrollmentStatus, NoCredits, OtherUnit, CreditsExpired, UnknownAppointmentType
    ),
)
async def adjust_enrollment_credits(
    enroller: Enroller, enrollment: EnrollmentInPath, body: AdjustmentIn, enrollments: Enrollments
) -> CreditList:
    """Add credits by hand, or take some."""
    return await crediting.adjust_credits(enrollments, enrollment, body, enroller)


@router.get("/entries")
async def list_enrollment_credit_entries(
    enrollment: EnrollmentInPath,
    query: Annotated[CreditEntryQuery, Query()],
    enrollments: Enrollments,
) -> Page[CreditEntryOut]:
    """The ledger: every grant, reservation and use, newest first."""
    return await crediting.read_ledger(enrollments, enrollment, query)
