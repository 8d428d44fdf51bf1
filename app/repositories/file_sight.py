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
    exists,
    or_,
    select,
    union,
)

from app.models import Enrollment, File, FileAttachment, FileShare
from app.repositories.audiences import Audience

IN_PROGRAM = ("active", "paused", "completed")
"""Enrollments whose clients see what a program shows."""

WORKSPACE: BindParameter[UUID] = bindparam("workspace_id", type_=Uuid())


def shown_to(contact: ColumnElement[UUID]) -> CompoundSelect[Any]:
    """The ids of all files that are shown between the team and this contact."""
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
    return union(directly, by_program, attached)


IS_SHOWN = or_(
    exists().where(FileShare.workspace_id == File.workspace_id, FileShare.file_id == File.id),
    exists().where(
        FileAttachment.workspace_id == File.workspace_id,
        FileAttachment.file_id == File.id,
        FileAttachment.shared,
    ),
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
    or_(
        File.contact_id == BY_CLIENT,
        and_(
            File.side == "member",
            File.current_number > 0,
            File.id.in_(shown_to(BY_CLIENT)),
        ),
    ),
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
