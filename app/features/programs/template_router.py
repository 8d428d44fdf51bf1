"""What programs bring along for each new enrollment, coach side."""

from fastapi import Request, Response

from app.access.attachments import UnknownFile
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.programs import templating
from app.features.programs.paths import ProgramInPath, Programs, Writer
from app.features.programs.schemas_templates import TemplatesIn, TemplatesOut
from app.models import Program

router = api_router("/v1/programs/{program_id}/templates", "programs")


@router.get("", response_model=TemplatesOut)
async def get_program_templates(
    request: Request, program: ProgramInPath, programs: Programs, response: Response
) -> TemplatesOut | Response:
    """The goals and assignments that each new enrollment begins with."""
    templates = await templating.templates_of(programs, program)
    return not_modified(request, _tag(program, templates)) or _tagged(response, program, templates)


@router.put("", responses=problems(UnknownFile))
async def replace_program_templates(
    writer: Writer,
    program: ProgramInPath,
    body: TemplatesIn,
    programs: Programs,
    response: Response,
    if_match: IfMatch = None,
) -> TemplatesOut:
    """Say what each new enrollment begins with; those that have begun keep what they were given.

    The client gets it when the enrollment becomes active, and reads of all in one e-mail.
    """
    check_version(program.version, if_match)
    templates = await templating.replace_templates(programs, program, body, writer)
    return _tagged(response, program, templates)


def _tagged(response: Response, program: Program, templates: TemplatesOut) -> TemplatesOut:
    response.headers["ETag"] = _tag(program, templates)
    return templates


def _tag(program: Program, templates: TemplatesOut) -> str:
    """Its files may be renamed, or turn out to be infected, without an edit of the program."""
    return etag(program.version, *(each.attachments for each in templates.assignments))
