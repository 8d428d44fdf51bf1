"""Inviting many contacts at once; coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invites import batches as service
from app.features.invites.schemas_batches import BatchIn, BatchItemOut, BatchItemQuery, BatchOut
from app.repositories.invite_batches import InviteBatchRepository

router = api_router("/v1/portal-invites/batches", "portal invites")

Sender = Annotated[Principal, Depends(requires(Permission.INVITES_SEND))]


async def batch_repository(session: TenantSession, sender: Sender) -> InviteBatchRepository:
    """The bulk invitations of the caller's practice."""
    return InviteBatchRepository(session, sender.workspace_id)


Batches = Annotated[InviteBatchRepository, Depends(batch_repository)]


@router.post(
    "",
    status_code=202,
    dependencies=[IdempotencyRequired],
    responses=problems(service.BatchTooLarge),
)
async def invite_contacts(
    body: BatchIn, batches: Batches, sender: Sender, runtime: RuntimeInApp, response: Response
) -> BatchOut:
    """Invite many, or everybody a filter finds ("select all") but for some."""
    batch = await service.invite_many(batches, body, sender, runtime.mint)
    response.headers["Location"] = f"/v1/portal-invites/batches/{batch.id}"
    return batch


@router.get("/{batch_id}")
async def get_invite_batch(batch_id: UUID, batches: Batches) -> BatchOut:
    """A bulk invitation and how its e-mails fare by now."""
    return await service.follow(batches, batch_id)


@router.get("/{batch_id}/items")
async def list_invite_batch_items(
    batch_id: UUID, query: Annotated[BatchItemQuery, Query()], batches: Batches
) -> Page[BatchItemOut]:
    """What became of each contact, and why some were left out."""
    return await service.list_items(batches, batch_id, query)
