"""What a program brings along for each new enrollment: kept as templates, replaced as a whole."""

from typing import Any

from app.access.attachments import UnknownFile, attached_out
from app.access.principal import Principal
from app.core.clock import now
from app.core.events import publish
from app.core.markdown import rendered
from app.features.programs.events import ProgramUpdated, about
from app.features.programs.schemas_templates import (
    AssignmentTemplateIn,
    AssignmentTemplateOut,
    GoalTemplateIn,
    GoalTemplateOut,
    MilestoneTemplateOut,
    TargetTemplateOut,
    TemplatesIn,
    TemplatesOut,
    target_columns,
)
from app.models import Program
from app.repositories.audiences import Audience
from app.repositories.file_attachments import AttachmentRepository
from app.repositories.program_templates import (
    AssignmentTemplateCard,
    GoalTemplateCard,
    TemplateRepository,
)
from app.repositories.programs import ProgramRepository


async def templates_of(programs: ProgramRepository, program: Program) -> TemplatesOut:
    """What the program brings along now."""
    templates = TemplateRepository(programs.session, programs.workspace_id)
    return TemplatesOut.model_construct(
        goals=[_goal_out(card) for card in await templates.goals(program.id)],
        assignments=[_assignment_out(card) for card in await templates.assignments(program.id)],
    )


def _goal_out(card: GoalTemplateCard) -> GoalTemplateOut:
    target = None
    if card.unit is not None:
        target = TargetTemplateOut.model_construct(
            start=card.start_value, target=card.target_value, unit=card.unit
        )
    return GoalTemplateOut.model_construct(
        id=card.id,
        title=card.title,
        description=card.description,
        description_html=card.description_html,
        due_after_days=card.due_after_days,
        target=target,
        milestones=[MilestoneTemplateOut(**each) for each in card.milestones],
    )


def _assignment_out(card: AssignmentTemplateCard) -> AssignmentTemplateOut:
    return AssignmentTemplateOut.model_construct(
        id=card.id,
        title=card.title,
        instructions=card.instructions,
        instructions_html=card.instructions_html,
        due_after_days=card.due_after_days,
        attachments=attached_out(card.attachments),
    )


async def replace_templates(
    programs: ProgramRepository, program: Program, body: TemplatesIn, principal: Principal
) -> TemplatesOut:
    """Let a program, whose row is locked, bring along exactly this for enrollments to come.

    Raises UnknownFile (422).
    """
    await _check_files(programs, body)
    templates = TemplateRepository(programs.session, programs.workspace_id)
    await templates.replace(
        program.id,
        goals=[await _goal_columns(each) for each in body.goals],
        assignments=[await _assignment_columns(each) for each in body.assignments],
    )
    program.updated_at = now()  # other templates are a new version, though of other tables
    await programs.session.flush()
    facts = about(program, principal.actor)
    await publish(programs.session, ProgramUpdated(**facts, changed=("goals", "assignments")))
    return await templates_of(programs, program)


async def _check_files(programs: ProgramRepository, body: TemplatesIn) -> None:
    """Refuse files that are not the team's; one statement for all templates."""
    named = {file_id for each in body.assignments for file_id in each.file_ids}
    if not named:
        return
    team = Audience.team(programs.workspace_id)
    usable = await AttachmentRepository(programs.session, team).usable(sorted(named))
    for n, each in enumerate(body.assignments):
        refused = [at for at, file_id in enumerate(each.file_ids) if file_id not in usable]
        if refused:
            raise UnknownFile(refused, pointer=f"/assignments/{n}/file_ids")


async def _goal_columns(goal: GoalTemplateIn) -> dict[str, Any]:
    return {
        "title": goal.title,
        "description": goal.description,
        "description_html": await rendered(goal.description),
        "due_after_days": goal.due_after_days,
        "milestones": [each.model_dump() for each in goal.milestones],
        **target_columns(goal.target),
    }


async def _assignment_columns(assignment: AssignmentTemplateIn) -> dict[str, Any]:
    return {
        "title": assignment.title,
        "instructions": assignment.instructions,
        "instructions_html": await rendered(assignment.instructions),
        "due_after_days": assignment.due_after_days,
        "file_ids": assignment.file_ids,
    }
