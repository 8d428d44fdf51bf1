"""Forms on the way into a program."""

from app.features.forms.response_paths import Work
from app.repositories.enrollments import EnrollmentRepository


async def step_done(work: Work) -> None:
    """Let the enrollment that brought the form go on, if there is one and it waits for it."""
    response = work.response
    if response.enrollment_id is None:
        return
    enrollments = EnrollmentRepository(work.session, response.workspace_id)
    enrollment = await enrollments.require(response.enrollment_id, lock=True)
    await work.onboarding.advance(work.session, enrollment, actor=work.principal.actor)
