"""What a client's enrollments let them book, and what keeps them from it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from app.core.clock import now
from app.features.appointments.paths import ClientSide
from app.features.appointments.schemas_portal import PortalTypeList, PortalTypeOut, WhyNot
from app.repositories.appointment_types import AppointmentTypeRepository
from app.repositories.bookables import Bookable, bookables_of

OfferedType = Row[*tuple[Any, ...]]

SHOWN = (
    "id",
    "coach_id",
    "name",
    "description",
    "duration_minutes",
    "capacity",
    "requires_confirmation",
    "location_kind",
)


async def granted_types(mine: ClientSide) -> PortalTypeList:
    """Every type that the client's running enrollments grant; two statements."""
    granted = await bookables_of(mine.session, mine.workspace_id, mine.contact_id)
    types = AppointmentTypeRepository(mine.session, mine.workspace_id)
    offered = await types.offered([each.appointment_type_id for each in granted])
    at = now()
    data = [_type_out(offered[each.appointment_type_id], each, at) for each in granted]
    return PortalTypeList.model_construct(data=data)


def _type_out(offered: OfferedType, granted: Bookable, at: datetime) -> PortalTypeOut:
    cost = _cost(offered, granted)
    why_not = _why_not(offered, granted, at)
    return PortalTypeOut.model_construct(
        **{name: getattr(offered, name) for name in SHOWN},
        enrollment_id=granted.enrollment_id,
        program_name=granted.program_name,
        credit_cost=cost,
        credit_unit=granted.unit,
        credits_left=granted.balance,
        credits_expire_at=granted.expires_at,
        bookable=why_not is None,
        why_not=why_not,
    )


def _cost(offered: OfferedType, granted: Bookable) -> int:
    return granted.cost(credit_cost=offered.credit_cost, duration_minutes=offered.duration_minutes)


def _why_not(offered: OfferedType, granted: Bookable, at: datetime) -> WhyNot | None:
    """The first thing in the way, in the order in which it would have to be put right."""
    cost = _cost(offered, granted)
    expired = granted.expires_at is not None and granted.expires_at <= at
    obstacles: dict[WhyNot, bool] = {
        "enrollment_not_active": granted.status != "active",
        "self_scheduling_disabled": not granted.self_scheduling_enabled,
        "appointment_type_archived": offered.archived_at is not None or not offered.on_team,
        "no_working_hours": granted.schedule_id is None and not offered.has_schedule,
        "credits_expired": cost > 0 and expired,
        "no_credits": cost > granted.balance,
    }
    return next((name for name, stands in obstacles.items() if stands), None)
