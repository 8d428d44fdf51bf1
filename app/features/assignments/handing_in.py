"""Handing in what was done, giving it back, and being content with it."""

from datetime import datetime

from app.access.attachments import attached_out
from app.core.clock import now
from app.core.events import publish
from app.core.ids import new_id
from app.core.markdown import rendered
from app.features.assignments.events import (
    AssignmentCompleted,
    AssignmentReturned,
    AssignmentSubmitted,
    about,
)
from app.features.assignments.failures import WrongState
from app.features.assignments.holding import hand_in_files
from app.features.assignments.paths import Work
from app.features.assignments.reminders import AWAITED, follow
from app.features.assignments.schemas import SubmissionIn
from app.models import Assignment, Submission
from app.repositories.assignment_cards import AssignmentCard


async def submit(work: Work, body: SubmissionIn) -> AssignmentCard:
    """Hand something in, and tell the coach; the same twice is once.

    Raises WrongState (409) and UnknownFile (422).
    """
    assignment, session = work.assignment, work.assignments.session
    if assignment.status not in AWAITED:
        if await _is_repeated(work, body):
            return await work.assignments.card(assignment.id)
        raise WrongState(assignment.status)
    submission = _next(assignment, body, html=await rendered(body.text), at=now())
    session.add(submission)
    await session.flush()
    await hand_in_files(work, submission, body.file_ids)
    await follow(session, assignment)
    facts = about(assignment, work.principal.actor)
    event = AssignmentSubmitted(**facts, number=submission.number, late=submission.late)
    await publish(session, event)
    return await work.assignments.card(assignment.id)


async def _is_repeated(work: Work, body: SubmissionIn) -> bool:
    if work.assignment.status != "submitted":
        return False
    latest = await work.assignments.latest_submission(work.assignment.id)
    return latest is not None and body == SubmissionIn.model_construct(
        text=latest.text, file_ids=[file.id for file in attached_out(latest.attachments)]
    )


def _next(assignment: Assignment, body: SubmissionIn, *, html: str, at: datetime) -> Submission:
    assignment.status, assignment.submitted_at = "submitted", at
    assignment.latest_number += 1
    return Submission(
        workspace_id=assignment.workspace_id,
        id=new_id(),
        assignment_id=assignment.id,
        number=assignment.latest_number,
        text=body.text,
        text_html=html,
        late=assignment.due_at is not None and at > assignment.due_at,
    )


async def give_back(work: Work, comment: str) -> AssignmentCard:
    """Ask for another try, and tell the client why. Raises WrongState (409)."""
    assignment, session = work.assignment, work.assignments.session
    if assignment.status != "submitted":
        raise WrongState(assignment.status)
    assignment.status, assignment.return_comment = "returned", comment
    await session.flush()
    await follow(session, assignment)
    await publish(session, AssignmentReturned(**about(assignment, work.principal.actor)))
    return await work.assignments.card(assignment.id)


async def complete(work: Work) -> AssignmentCard:
    """Be content with it, handed in or not, and tell the client; a second time changes nothing.

    Raises WrongState (409) for one that was cancelled.
    """
    assignment, session = work.assignment, work.assignments.session
    if assignment.status == "cancelled":
        raise WrongState(assignment.status)
    if assignment.status != "completed":
        assignment.status, assignment.closed_at = "completed", now()
        await session.flush()
        await follow(session, assignment)
        await publish(session, AssignmentCompleted(**about(assignment, work.principal.actor)))
    return await work.assignments.card(assignment.id)
