"""What clients have to do from the beginning of a program on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import SYSTEM, publish
from app.core.ids import new_id
from app.features.assignments.events import AssignmentAssigned, about
from app.features.assignments.reminders import watch
from app.models import Assignment
from app.repositories.audiences import Audience
from app.repositories.file_attachments import AttachmentRepository, Subject
from app.repositories.newcomers import Newcomer, add_once
from app.repositories.program_templates import AssignmentTemplateCard, TemplateRepository
from app.workflows.program_days import due_instant

SAME = ("title", "instructions", "instructions_html")
"""What an assignment takes from its template as it is."""


async def bring_assignments(
    session: AsyncSession,
    workspace_id: UUID,
    program_id: UUID,
    newcomers: Sequence[Newcomer],
    *,
    at: datetime,
) -> Sequence[Assignment]:
    """Give the program's assignments to enrollments that begin `at` this instant, each once.

    The number of statements doesn't grow with enrollments or assignments.
    """
    templates = await TemplateRepository(session, workspace_id).assignments(program_id)
    rows = [_columns(template, newcomer, at=at) for newcomer in newcomers for template in templates]
    added = await add_once(session, Assignment, rows)
    given = [Assignment(**columns) for columns in rows if columns["id"] in added]
    await _give_files(session, workspace_id, templates, given)
    await watch(session, given)
    events = (AssignmentAssigned(**about(each, SYSTEM), by_program=True) for each in given)
    await publish(session, *events)
    return given


def _columns(
    template: AssignmentTemplateCard, newcomer: Newcomer, *, at: datetime
) -> dict[str, Any]:
    return {
        **{name: getattr(template, name) for name in SAME},
        "workspace_id": template.workspace_id,
        "id": new_id(),
        "contact_id": newcomer.contact_id,
        "enrollment_id": newcomer.enrollment_id,
        "template_id": template.id,
        "status": "assigned",
        "due_at": due_instant(at, template.due_after_days, newcomer.zone),
    }


async def _give_files(
    session: AsyncSession,
    workspace_id: UUID,
    templates: Sequence[AssignmentTemplateCard],
    given: Sequence[Assignment],
) -> None:
    """Show each assignment's files with it; one that was refused meanwhile is left out."""
    files = {
        template.id: [UUID(file["id"]) for file in template.attachments or ()]
        for template in templates
    }
    named = {file_id for ids in files.values() for file_id in ids}
    if not named or not given:
        return
    attachments = AttachmentRepository(session, Audience.team(workspace_id))
    usable = await attachments.usable(sorted(named))
    held = {
        Subject(kind="assignment", id=each.id, contact_id=each.contact_id): [
            file_id for file_id in files[each.template_id or UUID(int=0)] if file_id in usable
        ]
        for each in given
    }
    await attachments.hang(held, shared=True)
