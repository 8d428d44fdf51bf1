"""Many calendars kept elsewhere, and many feeds."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ExternalCalendar
from tests.make import Person


async def external_calendars(
    session: AsyncSession, owner: Person, _: UUID | None, numbers: range
) -> None:
    for n in numbers:
        session.add(
            ExternalCalendar(
                workspace_id=owner.workspace_id,
                coach_id=owner.member_id,
                name=f"Calendar {n}",
                url=f"https://example.test/{n}.ics",
            )
        )


CALENDAR_CROWDS = {"list_external_calendars": external_calendars}
