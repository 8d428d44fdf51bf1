"""What the caller is told by mail, in the practice they are signed in to; for either side."""

from app.access.callers import PeopleOnly
from app.access.inboxes import OwnInbox
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.preferences import service
from app.features.preferences.failures import ChoiceNotOffered, UnknownEventType
from app.features.preferences.schemas import PreferenceChanges, PreferencesOut

router = api_router("/v1/me/notification-preferences", "notifications")


@router.get("", responses=problems(PeopleOnly))
async def get_notification_preferences(inbox: OwnInbox) -> PreferencesOut:
    """Everything the practice writes to somebody like the caller, and when it comes."""
    return await service.preferences_of(inbox)


@router.patch("", responses=problems(PeopleOnly, UnknownEventType, ChoiceNotOffered))
async def change_notification_preferences(
    body: PreferenceChanges, inbox: OwnInbox
) -> PreferencesOut:
    """Choose when letters come: at once, once a day, or not at all.

    What waits for the digest already still comes with it, or not at all where that is chosen.
    """
    return await service.change_preferences(inbox, body)
