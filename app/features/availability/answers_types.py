"""Appointment types' rows as answers."""

from uuid import UUID

from fastapi import Response

from app.core.etags import etag
from app.core.paging import Page, cut_page, decode_cursor
from app.features.availability.schemas_types import (
    AppointmentTypeOut,
    AppointmentTypeQuery,
    LocationOut,
)
from app.models import AppointmentType
from app.repositories.appointment_types import AppointmentTypeRepository

ORDER = "oldest_first"
PLAIN = tuple(name for name in AppointmentTypeOut.model_fields if name != "location")
ARCHIVED = {"false": False, "true": True, "all": None}


def type_out(row: AppointmentType) -> AppointmentTypeOut:
    """An appointment type as the API gives it."""
    return AppointmentTypeOut.model_construct(
        **{name: getattr(row, name) for name in PLAIN}, location=_location(row)
    )


def tagged(response: Response, row: AppointmentType) -> AppointmentTypeOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(row.version)
    return type_out(row)


def _location(row: AppointmentType) -> LocationOut | None:
    if row.location_kind is None:
        return None
    location = {"kind": row.location_kind, "value": row.location_value}
    return LocationOut.model_validate(location)


async def list_types(
    types: AppointmentTypeRepository, query: AppointmentTypeQuery
) -> Page[AppointmentTypeOut]:
    """A page of appointment types in the order they were made."""
    rows = await types.page(
        coach_id=query.coach_id,
        archived=ARCHIVED[query.archived],
        after=_position(query),
        limit=query.limit,
    )
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[AppointmentTypeOut].model_construct(
        data=[type_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: AppointmentTypeQuery) -> UUID | None:
    if query.cursor is None:
        return None
    type_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return type_id
