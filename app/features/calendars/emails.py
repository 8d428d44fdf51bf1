"""Letters about calendars elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
from app.features.calendars.failures import IN_WORDS
from app.repositories.casts import Cast


def calendar_sync_failed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that a calendar can't be read; sent once for an outage."""
    coach = cast.member(UUID(event.data["coach_id"]))
    return [
        Letter(
            template="calendars/sync_failed",
            to=coach.reader,
            context={
                "calendar": event.data["name"],
                "explanation": IN_WORDS[event.data["reason"]],
                "last_read_at": event.data["last_read_at"],
            },
            action=Action(label="See your calendars", path="/settings/calendars"),
        )
    ]
