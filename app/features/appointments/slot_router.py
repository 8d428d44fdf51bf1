"""Free times, coach side."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.errors import NotFound
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.appointments import explaining, slots
from app.features.appointments.failures import BadRange, NoWorkingHours, TypeArchived
from app.features.appointments.schemas_slots import (
    CoachSlotQuery,
    ExplainQuery,
    ExplanationOut,
    SlotsOut,
)
from app.features.appointments.tagging import tagged_json
from app.repositories.diaries import Viewer

router = api_router("/v1/slots", "slots")

Reader = Annotated[Principal, Depends(requires(Permission.APPOINTMENTS_READ))]

ASKING = (NotFound, NoWorkingHours, TypeArchived)


@router.get(
    "",
    response_model=SlotsOut,
    responses=problems(*ASKING, BadRange),
)
async def list_slots(
    request: Request,
    reader: Reader,
    query: Annotated[CoachSlotQuery, Query()],
    session: TenantSession,
) -> Response:
    """What can be booked, day by day."""
    found = await slots.free_days(
        session,
        reader.workspace_id,
        query,
        viewer=Viewer(contact_id=query.contact_id),
        schedule_id=query.schedule_id,
    )
    return tagged_json(request, found)


@router.get(
    "/explain",
    response_model=ExplanationOut,
    responses=problems(*ASKING),
)
async def explain_slot(
    request: Request,
    reader: Reader,
    query: Annotated[ExplainQuery, Query()],
    session: TenantSession,
) -> Response:
    """Why a time is or isn't offered: every rule in order, with its numbers."""
    return tagged_json(request, await explaining.why(session, reader.workspace_id, query))
