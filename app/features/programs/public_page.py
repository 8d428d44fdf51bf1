"""A program's public page, and what a sign-up's link shows before it is confirmed."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.images import image_url
from app.access.invitations import Link, masked
from app.access.runtime import Runtime
from app.core.errors import NotFound
from app.features.programs.answers import price_out
from app.features.programs.schemas_public import (
    IncludedOut,
    PracticeOut,
    PublicProgramOut,
    SignUpLookupOut,
)
from app.features.programs.sign_up_links import PREFIX, is_open, valid_sign_up
from app.repositories.directory import practice_with_slug
from app.repositories.hosts import host_of
from app.repositories.programs import ProgramCard, ProgramRepository, in_order
from app.repositories.users import user_with_email

PLAIN = ("name", "slug", "description_html", "duration_weeks", "payment_plan", "installment_count")


async def show(runtime: Runtime, workspace_slug: str, program_slug: str) -> PublicProgramOut:
    """A published program; NotFound for any other."""
    card = await published(runtime, workspace_slug, program_slug)
    async with runtime.database.reading(card.workspace_id) as session:
        practice = await _practice(session, runtime, card.workspace_id)
    return PublicProgramOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        cover_url=image_url(runtime, card.workspace_id, card.cover_file_id),
        price=price_out(card),
        includes=[_included(one) for one in in_order(card)],
        sign_up_open=is_open(card),
        practice=practice,
    )


async def published(runtime: Runtime, workspace_slug: str, program_slug: str) -> ProgramCard:
    """The program at this address, while it is published; else NotFound."""
    async with runtime.database.reading() as session:
        workspace_id = await practice_with_slug(session, workspace_slug)
    async with runtime.database.reading(workspace_id) as session:
        card = await ProgramRepository(session, workspace_id).card_by_slug(program_slug)
    if card.status != "published":
        raise NotFound
    return card


async def _practice(session: AsyncSession, runtime: Runtime, workspace_id: UUID) -> PracticeOut:
    host = await host_of(session, workspace_id, None)
    return PracticeOut.model_construct(
        name=host.workspace_name,
        coach_name=host.coach_name,
        logo_url=image_url(runtime, workspace_id, host.logo_file_id),
        accent_color=host.accent_color,
    )


def _included(one: dict[str, Any]) -> IncludedOut:
    counts = {"sessions": None, "minutes": None, one["unit"]: one["amount"]}
    return IncludedOut.model_construct(
        name=one["name"], duration_minutes=one["duration_minutes"], **counts
    )


async def look_up(runtime: Runtime, token: str) -> SignUpLookupOut:
    """What a link confirms. Changes nothing: mail scanners open links too."""
    link = Link.read(token, prefix=PREFIX)
    async with runtime.database.reading(link.workspace_id) as session:
        kept, program = await valid_sign_up(session, link)
        account = await user_with_email(session, kept.email_norm)
        practice = await _practice(session, runtime, link.workspace_id)
    return SignUpLookupOut(
        program_name=program.name,
        masked_email=masked(kept.email),
        first_name=kept.first_name,
        last_name=kept.last_name,
        account_exists=account is not None,
        expires_at=kept.expires_at,
        practice=practice,
    )
