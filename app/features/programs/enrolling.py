"""Bringing contacts into a program: one, or up to a hundred in place and item by item."""

from app.access.principal import Principal
from app.access.runtime import Runtime
from app.features.programs.answering import AlreadyAccepted
from app.features.programs.eligibility import QUICK_START, refuse_unreachable, results_for
from app.features.programs.enrollment_answers import all_out
from app.features.programs.enrollment_events import EnrollmentActivated, EnrollmentInvited
from app.features.programs.failures import ProgramNotPublished
from app.features.programs.schemas_enrollments import EnrolledItem, EnrolledOut, EnrollIn
from app.features.programs.starting import Start, start, tell
from app.features.programs.steering import require_status
from app.models import Enrollment, Program
from app.repositories.enrolling import candidates
from app.repositories.enrollments import EnrollmentRepository
from app.repositories.programs import ProgramRepository

MADE = frozenset({"invited", "enrolled"})
"""Results that make an enrollment."""


async def enroll(
    enrollments: EnrollmentRepository,
    program: Program,
    body: EnrollIn,
    *,
    principal: Principal,
    runtime: Runtime,
) -> EnrolledOut:
    """Enrol contacts in a program whose row is locked; those who can't be are told item by item.

    A single contact who can't be is refused by name. Raises ProgramNotPublished (409).
    """
    if program.status != "published":
        raise ProgramNotPublished
    session = enrollments.session
    found = await candidates(session, program.workspace_id, program.id, body.contact_ids)
    results = results_for(program, body.contact_ids, found)
    starts = [Start(found[one]) for one, result in results.items() if result in MADE]
    brought = await start(session, program, starts, runtime=runtime)
    quick = program.enrollment_mode == QUICK_START
    await tell(
        session,
        program,
        starts,
        kind=EnrollmentActivated if quick else EnrollmentInvited,
        facts={"actor": principal.actor, "message": body.message},
        mint=runtime.mint,
        brought=brought,
    )
    made = await all_out(
        enrollments, [one.enrollment_id for one in starts], onboarding=runtime.onboarding
    )
    return EnrolledOut.of(
        [
            EnrolledItem.model_construct(contact_id=one, result=result, enrollment=made.get(one))
            for one, result in results.items()
        ]
    )


async def invite_again(
    enrollments: EnrollmentRepository,
    enrollment: Enrollment,
    *,
    message: str | None,
    principal: Principal,
    runtime: Runtime,
) -> None:
    """Write once more to a client who has not answered; a portal invite in it is a fresh one.

    The enrollment's row is locked. Raises WrongEnrollmentStatus, AlreadyAccepted, and why
    somebody can't be written to (all 409).
    """
    require_status(enrollment, "invited")
    if enrollment.accepted_at is not None:
        raise AlreadyAccepted
    session, contact_id = enrollments.session, enrollment.contact_id
    programs = ProgramRepository(session, enrollment.workspace_id)
    program = await programs.require(enrollment.program_id)
    found = await candidates(session, program.workspace_id, program.id, [contact_id])
    refuse_unreachable(found[contact_id])
    await tell(
        session,
        program,
        [Start(found[contact_id], enrollment_id=enrollment.id)],
        kind=EnrollmentInvited,
        facts={"actor": principal.actor, "message": message},
        mint=runtime.mint,
    )
