"""The responses a caller works on, and the one a path names."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.audience import audience_of
from app.access.callers import CurrentClient
from app.access.onboarding import Onboarding
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.features.forms.paths import Reader, Writer
from app.models import FormResponse
from app.repositories.form_responses import FormResponseRepository

ResponseId = Annotated[UUID, Path(alias="response_id")]


@dataclass(frozen=True, slots=True)
class Work:
    """Whoever works on a response, whose row is locked."""

    responses: FormResponseRepository
    principal: Principal
    onboarding: Onboarding
    response: FormResponse

    @property
    def session(self) -> AsyncSession:
        """The unit of work."""
        return self.responses.session


async def team_responses(reader: Reader, session: TenantSession) -> FormResponseRepository:
    """The responses the team sees."""
    return FormResponseRepository(session, audience_of(reader))


async def client_responses(client: CurrentClient, session: TenantSession) -> FormResponseRepository:
    """What the client who calls was asked."""
    return FormResponseRepository(session, audience_of(client))


TeamResponses = Annotated[FormResponseRepository, Depends(team_responses)]
ClientResponses = Annotated[FormResponseRepository, Depends(client_responses)]


async def team_work(
    writer: Writer, responses: TeamResponses, runtime: RuntimeInApp, response_id: ResponseId
) -> Work:
    """The response of the practice the path names."""
    response = await responses.require(response_id, lock=True)
    return Work(responses, writer, runtime.onboarding, response)


async def client_work(
    client: CurrentClient,
    responses: ClientResponses,
    runtime: RuntimeInApp,
    response_id: ResponseId,
) -> Work:
    """The client's response the path names."""
    response = await responses.require(response_id, lock=True)
    return Work(responses, client, runtime.onboarding, response)


TeamWork = Annotated[Work, Depends(team_work)]
ClientWork = Annotated[Work, Depends(client_work)]
