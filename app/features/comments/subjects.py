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


def always_shared(kind: str, things: type[GoalRepository] | type[AssignmentRepository]) -> Finder:
    """Finds the comments on something of one contact's that both sides always see."""

    async def find(
        session: AsyncSession,
        audience: Audience,
        subject_id: UUID,
        *,
        contact_id: UUID | None = None,  # noqa: ARG001 - it has one contact
        lock: bool = False,
    ) -> Thread:
        thing = await things(session, audience).require(subject_id, lock=lock)
        return Thread(
            kind=kind,
            subject_id=thing.id,
            contact_id=thing.contact_id,
            title=thing.title,
            shared=True,
        )

    return find


SUBJECTS: Mapping[str, Subject] = {
    "assignment": Subject(
        kind="assignment",
        plural="assignments",
        read=Permission.ASSIGNMENTS_READ,
        find=always_shared("assignment", AssignmentRepository),
    ),
    "file": Subject(kind="file", plural="files", read=Permission.FILES_READ, find=file_thread),
    "goal": Subject(
        kind="goal",
        plural="goals",
        read=Permission.GOALS_READ,
        find=always_shared("goal", GoalRepository),
    ),
    "note": Subject(kind="note", plural="notes", read=Permission.NOTES_READ, find=note_thread),
}
