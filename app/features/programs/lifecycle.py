"""A program's life: open for enrollments, put aside, copied."""

from app.access.principal import Principal
from app.core.events import publish
from app.core.ids import new_id
from app.features.programs.events import (
    ProgramArchived,
    ProgramCreated,
    ProgramPublished,
    about,
)
from app.features.programs.service import free_slug, keep
from app.models import Program
from app.repositories.file_shares import ShareRepository
from app.repositories.program_forms import form_ids_of
from app.repositories.program_templates import TemplateRepository
from app.repositories.programs import ProgramCard, ProgramRepository

LONGEST_NAME = 150

COPIED = (
    "description",
    "description_html",
    "cover_file_id",
    "duration_weeks",
    "price_minor",
    "currency",
    "payment_plan",
    "installment_count",
    "enrollment_mode",
    "self_scheduling_enabled",
    "schedule_id",
    "contract_template_id",
    "forms_required",
)


async def publish_program(
    programs: ProgramRepository, program: Program, principal: Principal
) -> ProgramCard:
    """Open a program, whose row is locked, for enrollments; it gets its public page."""
    if program.status != "published":
        program.status = "published"
        await programs.session.flush()
        await publish(programs.session, ProgramPublished(**about(program, principal.actor)))
    return await programs.card(program.id)


async def archive_program(
    programs: ProgramRepository, program: Program, principal: Principal
) -> ProgramCard:
    """Take nobody new and hide the public page; whoever is enrolled goes on."""
    if program.status != "archived":
        program.status = "archived"
        await programs.session.flush()
        await publish(programs.session, ProgramArchived(**about(program, principal.actor)))
    return await programs.card(program.id)


async def duplicate_program(
    programs: ProgramRepository, original: Program, name: str | None, principal: Principal
) -> ProgramCard:
    """A draft with all that the original offers, grants and brings along, under another name."""
    name = name or f"Copy of {original.name}"[:LONGEST_NAME].rstrip()
    copy = Program(
        id=new_id(),
        name=name,
        slug=await free_slug(programs, name),
        status="draft",
        **{column: getattr(original, column) for column in COPIED},
    )
    await keep(
        programs,
        programs.add(copy),
        grants=await programs.grants(original.id),
        form_ids=await form_ids_of(programs.session, programs.workspace_id, original.id),
    )
    await TemplateRepository(programs.session, programs.workspace_id).copy(original.id, copy.id)
    shares = ShareRepository(programs.session, programs.workspace_id)
    await shares.copy(from_program=original.id, to_program=copy.id)
    await publish(programs.session, ProgramCreated(**about(copy, principal.actor)))
    return await programs.card(copy.id)
