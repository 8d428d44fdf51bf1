"""Programs a client is in, or invited to; client side."""

from typing import Annotated

from fastapi import Query

from app.access.callers import CurrentClient
from app.access.runtime import RuntimeInApp
from app.core.paging import Page, PageQuery
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.programs import answering
from app.features.programs.answering import AlreadyAccepted
from app.features.programs.paths import EnrollmentId, OwnEnrollmentInPath, OwnEnrollments
from app.features.programs.portal_answers import own_enrollment, own_enrollments
from app.features.programs.schemas_enrollments import ReasonIn
from app.features.programs.schemas_portal import PortalEnrollmentOut
from app.features.programs.steering import WrongEnrollmentStatus

router = api_router("/v1/portal/enrollments", "enrollments")

ANSWER = problems(AlreadyAccepted, WrongEnrollmentStatus)


@router.get("")
async def list_my_enrollments(
    query: Annotated[PageQuery, Query()], enrollments: OwnEnrollments, runtime: RuntimeInApp
) -> Page[PortalEnrollmentOut]:
    """The client's programs, newest first."""
    return await own_enrollments(enrollments, query, runtime)


@router.get("/{enrollment_id}")
async def get_my_enrollment(
    enrollment_id: EnrollmentId, enrollments: OwnEnrollments, runtime: RuntimeInApp
) -> PortalEnrollmentOut:
    """One of the client's programs: what is left to do, and what is left to book."""
    return await own_enrollment(enrollments, enrollment_id, runtime)


@router.post("/{enrollment_id}/accept", responses=ANSWER)
async def accept_my_enrollment(
    client: CurrentClient,
    enrollment: OwnEnrollmentInPath,
    enrollments: OwnEnrollments,
    runtime: RuntimeInApp,
) -> PortalEnrollmentOut:
    """Sign up to a program one was invited to."""
    await answering.accept(
        enrollments.session, enrollment, actor=client.actor, onboarding=runtime.onboarding
    )
    return await own_enrollment(enrollments, enrollment.id, runtime)


@router.post("/{enrollment_id}/decline", responses=ANSWER)
async def decline_my_enrollment(
    client: CurrentClient,
    enrollment: OwnEnrollmentInPath,
    enrollments: OwnEnrollments,
    runtime: RuntimeInApp,
    body: ReasonIn | None = None,
) -> PortalEnrollmentOut:
    """Say no to a program one was invited to."""
    reason = body.reason if body else None
    await answering.decline(enrollments.session, enrollment, actor=client.actor, reason=reason)
    return await own_enrollment(enrollments, enrollment.id, runtime)
