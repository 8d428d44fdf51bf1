"""Inviting many contacts in one request and one transaction."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.access.principal import Principal
from app.core.clock import now
from app.core.errors import Invalid
from app.core.paging import Page, cut_page, decode_cursor
from app.core.statistics import refresh_soon
from app.core.tokens import TokenMint
from app.features.invites.batch_rows import BatchPlan, make_batch
from app.features.invites.schemas_batches import (
    BatchIn,
    BatchItemOut,
    BatchItemQuery,
    BatchOut,
    DeliveryCounts,
)
from app.repositories.contact_filters import ContactFilter
from app.repositories.invite_batch_sql import INVITED
from app.repositories.invite_batches import BatchRecord, Candidate, InviteBatchRepository
from app.repositories.portal_invites import PortalInviteRepository

RECENT = timedelta(hours=24)
"""Whoever was invited within this time is not invited again by a batch."""

MOST_CONTACTS = 50_000
MANY = 500
"""From so many contacts on, the planner's statistics are refreshed."""
WRITTEN = ("contacts", "portal_invites", "portal_invite_batch_items", "events")
ORDER = "id"


class BatchTooLarge(Invalid):
    """The filter finds more contacts than one batch may invite."""

    code, title = "batch_too_large", "Too many contacts for one batch"


async def invite_many(
    batches: InviteBatchRepository, body: BatchIn, principal: Principal, mint: TokenMint
) -> BatchOut:
    """Invite all contacts of a batch who can be invited; count the others by reason."""
    candidates = await _candidates(batches, body)
    plan = BatchPlan(
        workspace_id=batches.workspace_id, candidates=candidates, message=body.message, at=now()
    )
    batch = await asyncio.to_thread(make_batch, plan, mint)
    invited = [one.contact_id for one in candidates if one.result == INVITED]
    invites = PortalInviteRepository(batches.session, batches.workspace_id)
    await invites.end_pending(invited, state="replaced")
    await batches.record(batch, principal.actor)
    if batch.total >= MANY:
        await refresh_soon(batches.session, WRITTEN)
    return _fresh(batch)


async def _candidates(batches: InviteBatchRepository, body: BatchIn) -> list[Candidate]:
    recent = now() - RECENT
    if body.contact_ids is not None:
        ids = list(dict.fromkeys(body.contact_ids))
        found = await batches.chosen(ids, recent=recent)
        return found + _strangers(ids, found)
    found = await batches.matching(
        ContactFilter(**body.filter.model_dump() if body.filter else {}),
        except_ids=body.except_ids,
        recent=recent,
        limit=MOST_CONTACTS + 1,
    )
    if len(found) > MOST_CONTACTS:
        raise BatchTooLarge(f"At most {MOST_CONTACTS} contacts; narrow the filter.")
    return found


def _strangers(ids: Sequence[UUID], found: Sequence[Candidate]) -> list[Candidate]:
    known = {one.contact_id for one in found}
    return [
        Candidate(contact_id=one, email_norm=None, result="not_found")
        for one in ids
        if one not in known
    ]


def _fresh(batch: BatchRecord) -> BatchOut:
    return BatchOut(
        id=batch.batch_id,
        total=batch.total,
        invited=batch.invited,
        skipped=dict(batch.skipped),
        message=batch.message,
        delivery=DeliveryCounts.of({"queued": batch.invited}),
        created_at=batch.invited_at,
    )


async def follow(batches: InviteBatchRepository, batch_id: UUID) -> BatchOut:
    """A batch and how its e-mails fare by now."""
    batch = await batches.require(batch_id)
    return BatchOut(
        id=batch.id,
        total=batch.total,
        invited=batch.invited,
        skipped=batch.skipped,
        message=batch.message,
        delivery=DeliveryCounts.of(await batches.delivery(batch_id)),
        created_at=batch.created_at,
    )


async def list_items(
    batches: InviteBatchRepository, batch_id: UUID, query: BatchItemQuery
) -> Page[BatchItemOut]:
    """A page of the batch's contacts, each with what became of it."""
    await batches.require(batch_id)
    after = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID]) if query.cursor else None
    rows = await batches.items(
        batch_id, result=query.result, after=after[0] if after else None, limit=query.limit
    )
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[BatchItemOut](
        data=[BatchItemOut.of(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )
