"""The files that hang on assignments and on what is handed in."""

from collections.abc import Sequence
from uuid import UUID

from app.access.attachments import attach_to_new, reattach
from app.features.assignments.paths import Desk, Work
from app.models import Assignment, Submission
from app.repositories.file_attachments import AttachmentRepository, Subject


async def give_files(desk: Desk, given: Sequence[Assignment], file_ids: Sequence[UUID]) -> None:
    """Show files to each contact with their new assignment. Raises UnknownFile (422)."""
    session, audience = desk.assignments.session, desk.assignments.audience
    await attach_to_new(session, audience, [_of(each) for each in given], file_ids, shared=True)


async def change_files(work: Work, file_ids: Sequence[UUID]) -> bool:
    """Let the assignment give exactly these; whether they are others. Raises UnknownFile (422)."""
    session, audience = work.assignments.session, work.assignments.audience
    return await reattach(session, audience, _of(work.assignment), file_ids, shared=True)


async def take_files_back(work: Work) -> None:
    """Show the client no longer what the assignment gave; what they handed in stays handed in."""
    attachments = AttachmentRepository(work.assignments.session, work.assignments.audience)
    await attachments.show(_of(work.assignment), shared=False)


async def hand_in_files(work: Work, submission: Submission, file_ids: Sequence[UUID]) -> None:
    """Let the team see files with what is handed in, for good. Raises UnknownFile (422)."""
    subject = Subject(kind="submission", id=submission.id, contact_id=work.assignment.contact_id)
    session, audience = work.assignments.session, work.assignments.audience
    await attach_to_new(session, audience, [subject], file_ids, shared=True)


def _of(assignment: Assignment) -> Subject:
    return Subject(kind="assignment", id=assignment.id, contact_id=assignment.contact_id)
