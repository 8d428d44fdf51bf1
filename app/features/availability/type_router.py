"""What coaches offer for booking, coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from app.access.callers import requires
from app.access.coaches import NoSuchMember
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import SAFE_METHODS, TenantSession
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.availability import types as service
from app.features.availability.answers_types import list_types, tagged, type_out
from app.features.availability.schemas_types import (
    AppointmentTypeChanges,
    AppointmentTypeIn,
    AppointmentTypeOut,
    AppointmentTypeQuery,
)
from app.features.availability.types import NoSuchSchedule
from app.models import AppointmentType
from app.repositories.appointment_types import AppointmentTypeRepository

router = api_router("/v1/appointment-types", "appointment types")

Reader = Annotated[Principal, Depends(requires(Permission.AVAILABILITY_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.AVAILABILITY_WRITE))]


async def type_repository(reader: Reader, session: TenantSession) -> AppointmentTypeRepository:
    """The appointment types of the caller's practice."""
    return AppointmentTypeRepository(session, reader.workspace_id)


Types = Annotated[AppointmentTypeRepository, Depends(type_repository)]


async def type_in_path(
    request: Request,
    types: Types,
    appointment_type_id: Annotated[UUID, Path(alias="appointment_type_id")],
) -> AppointmentType:
    """The type the path names, locked when the request will change it."""
    return await types.require(appointment_type_id, lock=request.method not in SAFE_METHODS)


TypeInPath = Annotated[AppointmentType, Depends(type_in_path)]


@router.post("", status_code=201, responses=problems(NoSuchMember, NoSuchSchedule))
async def create_appointment_type(
    writer: Writer, body: AppointmentTypeIn, types: Types, response: Response
) -> AppointmentTypeOut:
    """Offer something for booking."""
    made = await service.create_type(types, body, writer)
    response.headers["Location"] = f"/v1/appointment-types/{made.id}"
    return tagged(response, made)


@router.get("")
async def list_appointment_types(
    query: Annotated[AppointmentTypeQuery, Query()], types: Types
) -> Page[AppointmentTypeOut]:
    """What the practice, or one coach, offers; without what was put aside."""
    return await list_types(types, query)


@router.get("/{appointment_type_id}", response_model=AppointmentTypeOut)
async def get_appointment_type(
    request: Request, row: TypeInPath, response: Response
) -> AppointmentTypeOut | Response:
    """One appointment type with its terms."""
    return not_modified(request, etag(row.version)) or tagged(response, row)


@router.patch("/{appointment_type_id}", responses=problems(NoSuchSchedule))
async def change_appointment_type(
    _: Writer,
    row: TypeInPath,
    body: AppointmentTypeChanges,
    types: Types,
    response: Response,
    if_match: IfMatch = None,
) -> AppointmentTypeOut:
    """Change the terms on which it is booked from now on."""
    check_version(row.version, if_match)
    return tagged(response, await service.change_type(types, row, body))


@router.post("/{appointment_type_id}/archive")
async def archive_appointment_type(_: Writer, row: TypeInPath, types: Types) -> AppointmentTypeOut:
    """Offer it no longer; what is booked stays booked."""
    await service.archive_type(types, row)
    return type_out(row)


@router.post("/{appointment_type_id}/unarchive")
async def unarchive_appointment_type(
    _: Writer, row: TypeInPath, types: Types
) -> AppointmentTypeOut:
    """Offer it again."""
    await service.unarchive_type(types, row)
    return type_out(row)
