"""The things that can be commented on, and who may see them: one line of SUBJECTS each."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.permissions import Permission
from app.features.comments.file_subject import file_thread
from app.repositories.assignments import AssignmentRepository
from app.repositories.audiences import Audience
from app.repositories.comment_cards import Thread
from app.repositories.goals import GoalRepository
from app.repositories.notes import NoteRepository


class Finder(Protocol):
    """Finds the thread about a thing; raises NotFound where the audience may not see the thing."""

    def __call__(
        self,
        session: AsyncSession,
        audience: Audience,
        subject_id: UUID,
        *,
        contact_id: UUID | None = None,
        lock: bool = False,
    ) -> Awaitable[Thread]:
        """The thread in the company of `contact_id`; None where the thing has one contact only.

        With `lock`, whoever is about to take the sharing back waits.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A kind of thing: `plural` is its place in paths, `read` what the team needs to see it."""

    kind: str
    plural: str
    read: Permission
    find: Finder


async def note_thread(
    session: AsyncSession,
    audience: Audience,
    subject_id: UUID,
    *,
    contact_id: UUID | None = None,  # noqa: ARG001 - a note has one contact
    lock: bool = False,
) -> Thread:
    """The comments on a note."""
    note = await NoteRepository(session, audience).heading(subject_id, lock=lock)
    return Thread(
        kind="note",
        subject_id=note.id,
        contact_id=note.contact_id,
        title=note.title,
        shared=note.shared_at is not None,
    )


async def goal_thread(
    session: AsyncSession,
    audience: Audience,
    subject_id: UUID,
    *,
    contact_id: UUID | None = None,  # noqa: ARG001 - a goal has one contact
    lock: bool = False,
) -> Thread:
    """The comments on a goal, which both sides always see."""
    goal = await GoalRepository(session, audience).require(subject_id, lock=lock)
    return Thread(
        kind="goal",
        subject_id=goal.id,
        contact_id=goal.contact_id,
        title=goal.title,
        shared=True,
    )


async def assignment_thread(
    session: AsyncSession,
    audience: Audience,
    subject_id: UUID,
    *,
    contact_id: UUID | None = None,  # noqa: ARG001 - an assignment has one contact
    lock: bool = False,
) -> Thread:
    """The comments on an assignment, which both sides always see."""
    assignment = await AssignmentRepository(session, audience).require(subject_id, lock=lock)
    return Thread(
        kind="assignment",
        subject_id=assignment.id,
        contact_id=assignment.contact_id,
        title=assignment.title,
        shared=True,
    )


SUBJECTS: Mapping[str, Subject] = {
    "assignment": Subject(
        kind="assignment",
        plural="assignments",
        read=Permission.ASSIGNMENTS_READ,
        find=assignment_thread,
    ),
    "file": Subject(kind="file", plural="files", read=Permission.FILES_READ, find=file_thread),
    "goal": Subject(kind="goal", plural="goals", read=Permission.GOALS_READ, find=goal_thread),
    "note": Subject(kind="note", plural="notes", read=Permission.NOTES_READ, find=note_thread),
}
