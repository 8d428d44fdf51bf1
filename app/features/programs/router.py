"""The practice's programs, coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.images import UnknownImage
from app.access.runtime import RuntimeInApp
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.programs import lifecycle, service
from app.features.programs.answers import list_programs as listed
from app.features.programs.answers import program_out, tagged
from app.features.programs.failures import (
    ProgramInUse,
    ProgramSlugTaken,
    UnknownAppointmentType,
    UnknownContractTemplate,
    UnknownForm,
    UnknownSchedule,
)
from app.features.programs.paths import ProgramId, ProgramInPath, Programs, Remover, Writer
from app.features.programs.schemas import (
    DuplicateIn,
    ProgramChanges,
    ProgramIn,
    ProgramOut,
    ProgramQuery,
)

router = api_router("/v1/programs", "programs")

UNACCEPTABLE = problems(
    ProgramSlugTaken,
    UnknownSchedule,
    UnknownContractTemplate,
    UnknownAppointmentType,
    UnknownImage,
    UnknownForm,
)


@router.post("", status_code=201, responses=UNACCEPTABLE)
async def create_program(
    writer: Writer, body: ProgramIn, programs: Programs, runtime: RuntimeInApp, response: Response
) -> ProgramOut:
    """Add a program: a draft, unless `status` opens it for enrollments at once."""
    card = await service.create_program(programs, body, writer)
    response.headers["Location"] = f"/v1/programs/{card.id}"
    return tagged(response, card, runtime)


@router.get("")
async def list_programs(
    query: Annotated[ProgramQuery, Query()], programs: Programs, runtime: RuntimeInApp
) -> Page[ProgramOut]:
    """The practice's programs, newest first."""
    return await listed(programs, query, runtime)


@router.get("/{program_id}", response_model=ProgramOut)
async def get_program(
    request: Request,
    programs: Programs,
    program_id: ProgramId,
    runtime: RuntimeInApp,
    response: Response,
) -> ProgramOut | Response:
    """One program."""
    card = await programs.card(program_id)
    return not_modified(request, etag(card.version)) or tagged(response, card, runtime)


@router.patch("/{program_id}", responses=UNACCEPTABLE)
async def change_program(
    writer: Writer,
    program: ProgramInPath,
    body: ProgramChanges,
    programs: Programs,
    runtime: RuntimeInApp,
    response: Response,
    if_match: IfMatch = None,
) -> ProgramOut:
    """Change what the program offers; whoever is enrolled keeps what they were granted."""
    check_version(program.version, if_match)
    card = await service.change_program(programs, program, body, writer)
    return tagged(response, card, runtime)


@router.delete("/{program_id}", status_code=204, responses=problems(ProgramInUse))
async def delete_program(remover: Remover, program: ProgramInPath, programs: Programs) -> None:
    """Remove a program that nobody ever enrolled in."""
    await service.delete_program(programs, program, remover)


@router.post("/{program_id}/publish")
async def publish_program(
    writer: Writer, program: ProgramInPath, programs: Programs, runtime: RuntimeInApp
) -> ProgramOut:
    """Open it for enrollments, and show its public page."""
    return program_out(await lifecycle.publish_program(programs, program, writer), runtime)


@router.post("/{program_id}/archive")
async def archive_program(
    writer: Writer, program: ProgramInPath, programs: Programs, runtime: RuntimeInApp
) -> ProgramOut:
    """Take nobody new, and hide its public page; whoever is enrolled goes on."""
    return program_out(await lifecycle.archive_program(programs, program, writer), runtime)


@router.post("/{program_id}/duplicate", status_code=201, responses=problems(ProgramSlugTaken))
async def duplicate_program(
    writer: Writer,
    program: ProgramInPath,
    programs: Programs,
    runtime: RuntimeInApp,
    body: DuplicateIn | None = None,
) -> ProgramOut:
    """Copy it into a new draft."""
    name = body.name if body else None
    card = await lifecycle.duplicate_program(programs, program, name, writer)
    return program_out(card, runtime)
