"""Assignments' rows as answers."""

from collections.abc import Sequence

from fastapi import Request, Response

from app.access.attachments import attached_out
from app.core.etags import etag, not_modified
from app.core.newest_first import last_seen, newest_first
from app.core.paging import Page
from app.features.assignments.schemas import (
    AssignedOut,
    AssignmentOut,
    PortalAssignmentQuery,
    SubmissionOut,
    SubmissionsOut,
)
from app.repositories.assignment_cards import AssignmentCard, SubmissionCard
from app.repositories.assignments import AssignmentRepository

PLAIN = tuple(name for name in AssignmentOut.model_fields if name != "attachments")
OF_SUBMISSION = tuple(name for name in SubmissionOut.model_fields if name != "attachments")


def assignment_out(card: AssignmentCard) -> AssignmentOut:
    """An assignment as the API gives it."""
    return AssignmentOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN}, attachments=attached_out(card.attachments)
    )


def assigned_out(cards: Sequence[AssignmentCard]) -> AssignedOut:
    """The assignments that were given at once."""
    return AssignedOut.model_construct(assignments=[assignment_out(card) for card in cards])


def submissions_out(cards: Sequence[SubmissionCard]) -> SubmissionsOut:
    """All that was handed in."""
    return SubmissionsOut.model_construct(submissions=[_submission_out(card) for card in cards])


def _submission_out(card: SubmissionCard) -> SubmissionOut:
    return SubmissionOut.model_construct(
        **{name: getattr(card, name) for name in OF_SUBMISSION},
        attachments=attached_out(card.attachments),
    )


def tagged(response: Response, card: AssignmentCard) -> AssignmentOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = _tag(card)
    return assignment_out(card)


def tagged_or_known(
    request: Request, response: Response, card: AssignmentCard
) -> AssignmentOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    return not_modified(request, _tag(card)) or tagged(response, card)


def _tag(card: AssignmentCard) -> str:
    return etag(card.version, card.comment_count, card.late, card.attachments)


async def list_assignments(
    assignments: AssignmentRepository, query: PortalAssignmentQuery
) -> Page[AssignmentOut]:
    """A page of assignments, newest first."""
    rows = await assignments.page(query.filter(), before=last_seen(query), limit=query.limit)
    return newest_first(Page[AssignmentOut], rows, query, assignment_out)
