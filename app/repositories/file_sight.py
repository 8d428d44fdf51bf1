"""Which files a side sees: its own, and those of the other side that are shown to it."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Uuid,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
    union,
)

from app.models import Enrollment, File, FileAttachment, FileShare
from app.repositories.audiences import Audience

IN_PROGRAM = ("active", "paused", "completed")
"""Enrollments whose clients see what a program shows."""

WORKSPACE: BindParameter[UUID] = bindparam("workspace_id", type_=Uuid())


def files_with(contact: ColumnElement[UUID]) -> CompoundSelect[Any]:
    """The ids of a contact's own files, and of those shown between them and the team.

    One set, so that PostgreSQL begins with it instead of with all files of the practice.
    """
    own = select(File.id).where(File.workspace_id == WORKSPACE, File.contact_id == contact)
    directly = select(FileShare.file_id).where(
        FileShare.workspace_id == WORKSPACE, FileShare.contact_id == contact
    )
    by_program = (
        select(FileShare.file_id)
        .join(
            Enrollment,
            and_(
                Enrollment.workspace_id == FileShare.workspace_id,
                Enrollment.program_id == FileShare.program_id,
            ),
        )
        .where(
            FileShare.workspace_id == WORKSPACE,
            Enrollment.contact_id == contact,
            Enrollment.status.in_(IN_PROGRAM),
        )
    )
    attached = select(FileAttachment.file_id).where(
        FileAttachment.workspace_id == WORKSPACE,
        FileAttachment.contact_id == contact,
        FileAttachment.shared,
    )
    return union(own, directly, by_program, attached)


# with LIMIT each file is looked up by itself: else all shares of the practice are hashed first
IS_SHOWN: ColumnElement[bool] = func.coalesce(
    select(true())
    .where(FileShare.workspace_id == File.workspace_id, FileShare.file_id == File.id)
    .limit(1)
    .correlate(File)
    .scalar_subquery(),
    select(true())
    .where(
        FileAttachment.workspace_id == File.workspace_id,
        FileAttachment.file_id == File.id,
        FileAttachment.shared,
    )
    .limit(1)
    .correlate(File)
    .scalar_subquery(),
    false(),
)
"""Whether the other side sees a file, whoever of it."""

THERE = File.state.not_in(("pending", "deleted"))
BY_CLIENT: BindParameter[UUID] = bindparam("client_id", type_=Uuid())

TEAM_SEES = and_(
    File.workspace_id == WORKSPACE,
    THERE,
    or_(File.side == "member", and_(File.current_number > 0, IS_SHOWN)),
)
CLIENT_SEES = and_(
    File.workspace_id == WORKSPACE,
    THERE,
    File.id.in_(files_with(BY_CLIENT)),
    or_(File.contact_id == BY_CLIENT, and_(File.side == "member", File.current_number > 0)),
)


def seen_by(audience: Audience) -> ColumnElement[bool]:
    """The condition that leaves only what this audience sees; takes `scope_of` as parameters."""
    return TEAM_SEES if audience.side == "member" else CLIENT_SEES


def scope_of(audience: Audience) -> dict[str, Any]:
    """The parameters of `seen_by`."""
    scope: dict[str, Any] = {"workspace_id": audience.workspace_id}
    return scope if audience.side == "member" else {**scope, "client_id": audience.contact_id}


def ids_parameter(name: str = "ids") -> BindParameter[Any]:
    """A parameter for a list of ids."""
    return bindparam(name, type_=ARRAY(Uuid()))
