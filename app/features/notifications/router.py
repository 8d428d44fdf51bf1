"""The outbox and the event log, coach side."""

from typing import Annotated

from fastapi import Depends, Query, Request

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.notifications import listing, service
from app.features.notifications.limits import EmailId, resends_limited
from app.features.notifications.schemas import (
    EmailOut,
    EmailPreview,
    EmailQuery,
    EventOut,
    EventQuery,
)
from app.repositories.event_log import EventLog
from app.repositories.outbox import Outbox

emails = api_router("/v1/emails", "emails")
events = api_router("/v1/events", "events")

EmailReader = Annotated[Principal, Depends(requires(Permission.EMAILS_READ))]
EmailSender = Annotated[Principal, Depends(requires(Permission.EMAILS_RESEND))]
EventReader = Annotated[Principal, Depends(requires(Permission.EVENTS_READ))]


async def previewer(request: Request) -> service.Previewer:
    """The renderer of this app's letters."""
    renderer: service.Previewer = request.app.state.renderer
    return renderer


@emails.get("")
async def list_emails(
    query: Annotated[EmailQuery, Query()], session: TenantSession, reader: EmailReader
) -> Page[EmailOut]:
    """What was written to whom, newest first."""
    return await listing.list_emails(Outbox(session, reader.workspace_id), query)


@emails.get("/{email_id}")
async def get_email(email_id: EmailId, session: TenantSession, reader: EmailReader) -> EmailOut:
    """One e-mail and what became of it."""
    return listing.email_out(await Outbox(session, reader.workspace_id).summary(email_id))


@emails.get(
    "/{email_id}/preview",
    response_model=EmailPreview,
    responses=problems(service.PreviewGone),
)
async def preview_email(
    email_id: EmailId,
    session: TenantSession,
    reader: EmailReader,
    renderer: Annotated[service.Previewer, Depends(previewer)],
) -> object:
    """The e-mail as it looks, in the practice's present colours; its secret left out."""
    outbox = Outbox(session, reader.workspace_id)
    return await service.preview_email(outbox, email_id, renderer)


@emails.post(
    "/{email_id}/resend",
    status_code=202,
    dependencies=[IdempotencyRequired, Depends(resends_limited)],
    responses=problems(service.EmailOnItsWay, service.LinkDead, service.RecipientUnsubscribed),
)
async def resend_email(email_id: EmailId, session: TenantSession, sender: EmailSender) -> EmailOut:
    """Send it once more, to the same address; a bounced address is tried again."""
    outbox = Outbox(session, sender.workspace_id)
    return listing.email_out(await service.resend_email(outbox, email_id, sender))


@events.get("")
async def list_events(
    query: Annotated[EventQuery, Query()], session: TenantSession, reader: EventReader
) -> Page[EventOut]:
    """All that happened in the practice: the log that integrations follow."""
    return await listing.list_events(EventLog(session, reader.workspace_id), query)
