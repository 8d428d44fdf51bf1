"""Many calendars kept elsewhere, and many feeds."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CalendarFeed, ExternalCalendar
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


async def feeds(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    """A member's, or a client's."""
    for n in numbers:
        session.add(
            CalendarFeed(
                workspace_id=owner.workspace_id,
                member_id=owner.member_id,
                contact_id=owner.contact_id,
                name=f"Device {n}",
                token_hash=str(n).encode(),
            )
        )


CALENDAR_CROWDS = {
    "list_external_calendars": external_calendars,
    "list_calendar_feeds": feeds,
    "list_own_calendar_feeds": feeds,
}
