"""Who is enrolled in what, coach side."""

from typing import Annotated

from fastapi import Query

from app.access.runtime import RuntimeInApp
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.programs import enrolling, steering
from app.features.programs.answering import AlreadyAccepted
from app.features.programs.eligibility import OUT_OF_REACH, REFUSALS
from app.features.programs.enrollment_answers import list_enrollments as listed
from app.features.programs.enrollment_answers import one_out
from app.features.programs.failures import ProgramNotPublished
from app.features.programs.held import HeldInPath
from app.features.programs.paths import (
    Enroller,
    EnrollmentId,
    Enrollments,
    ProgramInPath,
)
from app.features.programs.schemas_enrollments import (
    AgainIn,
    EnrolledOut,
    EnrollIn,
    EnrollmentOut,
    EnrollmentQuery,
    ReasonIn,
)
from app.features.programs.steering import WrongEnrollmentStatus

into_program = api_router("/v1/programs/{program_id}/enrollments", "enrollments")
router = api_router("/v1/enrollments", "enrollments")

STATUS = problems(WrongEnrollmentStatus)


@into_program.post(
    "",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(ProgramNotPublished, *REFUSALS.values()),
)
async def enroll_contacts(
    enroller: Enroller,
    program: ProgramInPath,
    body: EnrollIn,
    enrollments: Enrollments,
    runtime: RuntimeInApp,
) -> EnrolledOut:
    """Bring contacts into a program: they are invited to sign up, or enrolled at once.

    Whoever has no account gets the portal invite in the same e-mail.
    """
    return await enrolling.enroll(enrollments, program, body, principal=enroller, runtime=runtime)


@router.get("")
async def list_enrollments(
    query: Annotated[EnrollmentQuery, Query()], enrollments: Enrollments, runtime: RuntimeInApp
) -> Page[EnrollmentOut]:
    """Enrollments, newest first: of a program, of a contact, in a status."""
    return await listed(enrollments, query, onboarding=runtime.onboarding)


@router.get("/{enrollment_id}")
async def get_enrollment(
    enrollment_id: EnrollmentId, enrollments: Enrollments, runtime: RuntimeInApp
) -> EnrollmentOut:
    """One enrollment: its steps, its progress, its credits."""
    return await one_out(enrollments, enrollment_id, onboarding=runtime.onboarding)


@router.post(
    "/{enrollment_id}/resend",
    dependencies=[IdempotencyRequired],
    responses=problems(WrongEnrollmentStatus, AlreadyAccepted, *OUT_OF_REACH),
)
async def resend_enrollment_invite(held: HeldInPath, body: AgainIn | None = None) -> EnrollmentOut:
    """Invite somebody again who has not answered; a portal invite in it is a fresh one."""
    await enrolling.invite_again(
        held.enrollments,
        held.enrollment,
        message=(body or AgainIn()).message,
        principal=held.enroller,
        runtime=held.runtime,
    )
    return await held.shown()


@router.post("/{enrollment_id}/activate", responses=STATUS)
async def activate_enrollment(held: HeldInPath) -> EnrollmentOut:
    """Begin it, whatever the client has yet to do."""
    onboarding = held.runtime.onboarding
    await steering.activate_enrollment(
        held.session, held.enrollment, held.enroller, onboarding=onboarding
    )
    return await held.shown()


@router.post("/{enrollment_id}/pause", responses=STATUS)
async def pause_enrollment(held: HeldInPath) -> EnrollmentOut:
    """Let it stand still: nothing can be booked, and no credits expire."""
    await steering.pause_enrollment(held.session, held.enrollment, held.enroller)
    return await held.shown()


@router.post("/{enrollment_id}/resume", responses=STATUS)
async def resume_enrollment(held: HeldInPath) -> EnrollmentOut:
    """Go on; credits expire later by the time it stood still."""
    await steering.resume_enrollment(held.session, held.enrollment, held.enroller)
    return await held.shown()


@router.post("/{enrollment_id}/complete", responses=STATUS)
async def complete_enrollment(held: HeldInPath) -> EnrollmentOut:
    """The client is through; they may take the program again."""
    await steering.complete_enrollment(held.session, held.enrollment, held.enroller)
    return await held.shown()


@router.post("/{enrollment_id}/cancel", responses=STATUS)
async def cancel_enrollment(held: HeldInPath, body: ReasonIn | None = None) -> EnrollmentOut:
    """End it before its time: its open forms are taken back; what is booked stays booked."""
    steered = (held.session, held.enrollment, held.enroller)
    reason, onboarding = (body or ReasonIn()).reason, held.runtime.onboarding
    await steering.cancel_enrollment(*steered, reason=reason, onboarding=onboarding)
    return await held.shown()
