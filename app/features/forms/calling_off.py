"""What a cancelled enrollment's forms become: nobody is asked for them any longer."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Onboarding
from app.access.principal import Principal
from app.features.forms.response_paths import Work
from app.features.forms.reviewing import cancel
from app.models import Enrollment
from app.repositories.audiences import Audience
from app.repositories.form_responses import FormResponseRepository


async def call_off_forms(
    session: AsyncSession, enrollment: Enrollment, principal: Principal, *, onboarding: Onboarding
) -> None:
    """Take back what is still open of a cancelled enrollment, whose row is locked."""
    audience = Audience.team(enrollment.workspace_id)
    responses = FormResponseRepository(session, audience)
    for response in await responses.take_open(enrollment.id):
        await cancel(Work(responses, principal, onboarding, response))
