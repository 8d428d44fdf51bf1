"""Free times, client side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.core.errors import NotFound
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.appointments import granted, slots
from app.features.appointments.failures import BadRange, NoWorkingHours, TypeArchived
from app.features.appointments.paths import Mine
from app.features.appointments.schemas_portal import (
    NextQuery,
    NextSlotsOut,
    PortalSlotQuery,
    PortalTypeList,
)
from app.features.appointments.schemas_slots import SlotsOut
from app.features.appointments.tagging import tagged_json
from app.repositories.bookables import EnrollmentNotActive, SelfSchedulingDisabled
from app.repositories.diaries import Viewer

router = api_router("/v1/portal", "slots")

ASKING = (NotFound, NoWorkingHours, TypeArchived, EnrollmentNotActive, SelfSchedulingDisabled)


@router.get("/appointment-types")
async def list_bookable_types(mine: Mine) -> PortalTypeList:
    """What the client's enrollments let them book; each tells why not, if it can't be booked."""
    return await granted.granted_types(mine)


@router.get("/slots", response_model=SlotsOut, responses=problems(*ASKING, BadRange))
async def list_own_slots(
    request: Request, query: Annotated[PortalSlotQuery, Query()], mine: Mine
) -> Response:
    """What the client can book, day by day."""
    viewer = Viewer(contact_id=mine.contact_id)
    found = await slots.free_days_of_client(mine.session, mine.workspace_id, query, viewer)
    return tagged_json(request, found)


@router.get("/slots/next", response_model=NextSlotsOut, responses=problems(*ASKING))
async def list_next_slots(
    request: Request, query: Annotated[NextQuery, Query()], mine: Mine
) -> Response:
    """The next free times, wherever they are in the coming 93 days."""
    viewer = Viewer(contact_id=mine.contact_id)
    found = await slots.next_free(mine.session, mine.workspace_id, query, viewer)
    return tagged_json(request, found)
