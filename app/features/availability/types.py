"""Appointment types: making, changing and putting them aside."""

from typing import Any
from uuid import UUID

from app.access.coaches import coach_or_self
from app.access.principal import Principal
from app.core.clock import now
from app.core.errors import Invalid
from app.core.fields import changes
from app.features.availability.schemas_types import AppointmentTypeChanges, AppointmentTypeIn
from app.models import AppointmentType
from app.repositories.appointment_types import AppointmentTypeRepository


class NoSuchSchedule(Invalid):
    """`schedule_id` names none of the coach's schedules."""

    code, title = "no_such_schedule", "The coach has no such schedule"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/schedule_id"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


async def create_type(
    types: AppointmentTypeRepository, body: AppointmentTypeIn, principal: Principal
) -> AppointmentType:
    """Add a type; it is its maker's unless the body names another coach.

    Raises NoSuchMember and NoSuchSchedule (422).
    """
    coach_id = await coach_or_self(types.session, principal, body.coach_id)
    await _check_schedule(types, coach_id, body.schedule_id)
    values = _columns(body.model_dump())
    values["slot_interval_minutes"] = body.slot_interval_minutes or body.duration_minutes
    made = types.add(AppointmentType(**{**values, "coach_id": coach_id}))
    await types.session.flush()
    return made


async def _check_schedule(
    types: AppointmentTypeRepository, coach_id: UUID, schedule_id: UUID | None
) -> None:
    if schedule_id is not None and not await types.owns_schedule(coach_id, schedule_id):
        raise NoSuchSchedule


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """The values under the names of the table's columns."""
    if "location" in values:
        location = values.pop("location") or {"kind": None, "value": None}
        values["location_kind"], values["location_value"] = location["kind"], location["value"]
    return values


async def change_type(
    types: AppointmentTypeRepository, changed: AppointmentType, body: AppointmentTypeChanges
) -> AppointmentType:
    """Give a type, whose row is locked, other terms. Raises NoSuchSchedule (422)."""
    values = _columns(changes(body))
    await _check_schedule(types, changed.coach_id, values.get("schedule_id"))
    for name, value in values.items():
        setattr(changed, name, value)
    await types.session.flush()
    return changed


async def archive_type(types: AppointmentTypeRepository, archived: AppointmentType) -> None:
    """Offer a type no longer; what is booked stays booked."""
    archived.archived_at = archived.archived_at or now()
    await types.session.flush()


async def unarchive_type(types: AppointmentTypeRepository, archived: AppointmentType) -> None:
    """Offer a type again."""
    archived.archived_at = None
    await types.session.flush()
