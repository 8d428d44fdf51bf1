"""Giving contacts something to do, changing it, and taking it back."""

from collections.abc import Sequence
from uuid import UUID

from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.clock import now
from app.core.events import publish
from app.core.fields import changes
from app.core.ids import new_id
from app.core.markdown import rendered
from app.features.assignments.events import (
    AssignmentAssigned,
    AssignmentCancelled,
    AssignmentUpdated,
    about,
)
from app.features.assignments.failures import WrongState
from app.features.assignments.holding import change_files, give_files, take_files_back
from app.features.assignments.paths import Desk, Work
from app.features.assignments.reminders import follow, watch
from app.features.assignments.schemas import AssignmentChanges, AssignmentIn
from app.models import Assignment
from app.repositories.assignment_cards import AssignmentCard

CLOSED = frozenset({"completed", "cancelled"})


async def assign(desk: Desk, body: AssignmentIn) -> Sequence[AssignmentCard]:
    """Give each contact an assignment of their own, and tell them; all or nothing.

    The number of statements doesn't grow with the contacts. Raises UnknownContact,
    UnknownEnrollment and UnknownFile (422).
    """
    session = desk.assignments.session
    await _check_contacts(desk, body)
    for contact_id in set(body.contact_ids) if body.enrollment_id else ():
        await _check_enrollment(desk, contact_id, body.enrollment_id)
    values = body.model_dump(exclude={"contact_ids", "file_ids"})
    html = await rendered(body.instructions)
    given = [
        desk.assignments.add(
            Assignment(
                id=new_id(),
                contact_id=contact_id,
                author_id=desk.principal.member_id,
                instructions_html=html,
                **values,
            )
        )
        for contact_id in dict.fromkeys(body.contact_ids)
    ]
    await session.flush()
    await give_files(desk, given, body.file_ids)
    await watch(session, given)
    await publish(
        session, *(AssignmentAssigned(**about(each, desk.principal.actor)) for each in given)
    )
    return await desk.assignments.those([each.id for each in given])


async def _check_contacts(desk: Desk, body: AssignmentIn) -> None:
    known = await desk.assignments.known_contacts(body.contact_ids)
    for at, contact_id in enumerate(body.contact_ids):
        if contact_id not in known:
            raise UnknownContact(f"/contact_ids/{at}")


async def _check_enrollment(desk: Desk, contact_id: UUID, enrollment_id: UUID | None) -> None:
    if enrollment_id and not await desk.assignments.is_enrolled(contact_id, enrollment_id):
        raise UnknownEnrollment


async def change_assignment(work: Work, body: AssignmentChanges) -> AssignmentCard:
    """Give an assignment other values; its reminders follow.

    Raises WrongState (409), UnknownEnrollment and UnknownFile (422).
    """
    assignment, session = work.assignment, work.assignments.session
    if assignment.status in CLOSED:
        raise WrongState(assignment.status)
    values = changes(body)
    files = values.pop("file_ids", None)
    await _check_enrollment(work, assignment.contact_id, values.get("enrollment_id"))
    changed = [name for name, new in values.items() if getattr(assignment, name) != new]
    if "instructions" in changed:
        assignment.instructions_html = await rendered(values["instructions"])
    for name in changed:
        setattr(assignment, name, values[name])
    if "due_at" in changed and values["due_at"] and values["due_at"] > now():
        assignment.late_told_at = None  # there is a new day to miss
    if files is not None and await change_files(work, files):
        assignment.updated_at = now()  # other files are a new version, though of another table
        changed.append("file_ids")
    await session.flush()
    if "due_at" in changed:
        await follow(session, assignment)
    if changed:
        facts = about(assignment, work.principal.actor)
        await publish(session, AssignmentUpdated(**facts, changed=tuple(changed)))
    return await work.assignments.card(assignment.id)


async def cancel_assignment(work: Work) -> AssignmentCard:
    """Take it back; a second time changes nothing. Raises WrongState (409) once completed."""
    assignment, session = work.assignment, work.assignments.session
    if assignment.status == "completed":
        raise WrongState(assignment.status)
    if assignment.status != "cancelled":
        assignment.status, assignment.closed_at = "cancelled", now()
        await session.flush()
        await take_files_back(work)
        await follow(session, assignment)
        await publish(session, AssignmentCancelled(**about(assignment, work.principal.actor)))
    return await work.assignments.card(assignment.id)
