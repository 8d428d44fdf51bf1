"""The client's coach."""

from uuid import UUID

from app.access.callers import CurrentClient
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.strict_route import api_router
from app.features.profile.schemas import PortalCoachOut
from app.features.profile.showing import coach_out
from app.repositories.profiles import ProfileRepository

router = api_router("/v1/portal/coach", "profile")


@router.get("")
async def get_portal_coach(
    client: CurrentClient, session: TenantSession, runtime: RuntimeInApp
) -> PortalCoachOut:
    """The coach of the client who asks, as far as the coach shows themselves."""
    profiles = ProfileRepository(session, client.workspace_id)
    coach = await profiles.coach_of(client.contact_id or UUID(int=0))
    return coach_out(coach, client.workspace_id, runtime)
