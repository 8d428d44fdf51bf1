"""Asking to take part in a program, on its public page."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.runtime import Runtime
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.events import SYSTEM, publish
from app.core.fields import normalise_email
from app.core.ids import new_id
from app.core.throttle_policy import Policy
from app.core.tokens import digest
from app.features.programs.public_page import published
from app.features.programs.schemas_public import SignUpIn, SignUpMailedOut
from app.features.programs.sign_up_events import SignUpRequested
from app.features.programs.sign_up_links import LIFETIME, PREFIX, SignUpClosed, is_open
from app.models import SignUp
from app.repositories.programs import ProgramCard
from app.repositories.sign_ups import SignUpRepository

REQUESTS = Policy(name="program-sign-up", limit=5, per_seconds=3600)
"""For one program and one address that is written to, whoever it belongs to."""


async def sign_up(
    runtime: Runtime, workspace_slug: str, program_slug: str, body: SignUpIn
) -> SignUpMailedOut:
    """Mail a link to the address, which finds out whose it is; the answer is always the same.

    Raises NotFound, SignUpClosed (409) and, beyond some letters an hour, TooManyRequests (429).
    """
    card = await published(runtime, workspace_slug, program_slug)
    if not is_open(card):
        raise SignUpClosed
    await runtime.throttle.hit(f"{card.id}:{normalise_email(body.email)}", REQUESTS)
    try:
        async with runtime.database.writing(card.workspace_id) as session:
            await _keep(session, runtime, card, body)
    except IntegrityError as error:
        if violated_constraint(error) != "sign_ups_one_pending_key":
            raise
        # the form was sent twice at once: the other link is enough
    return SignUpMailedOut(expires_in=int(LIFETIME.total_seconds()))


async def _keep(session: AsyncSession, runtime: Runtime, card: ProgramCard, body: SignUpIn) -> None:
    sign_ups = SignUpRepository(session, card.workspace_id)
    email_norm = normalise_email(body.email)
    await sign_ups.replace_pending(card.id, email_norm)
    sign_up_id = new_id()
    kept = sign_ups.add(
        SignUp(
            id=sign_up_id,
            program_id=card.id,
            **body.model_dump(),
            email_norm=email_norm,
            token_hash=digest(runtime.mint.derive(PREFIX, card.workspace_id, sign_up_id)),
            expires_at=now() + LIFETIME,
            event_id=new_id(),
        )
    )
    await session.flush()
    await publish(session, _requested(kept, card))


def _requested(kept: SignUp, card: ProgramCard) -> SignUpRequested:
    return SignUpRequested(
        id=kept.event_id,
        workspace_id=kept.workspace_id,
        actor=SYSTEM,
        subject_id=kept.id,
        program_name=card.name,
        email=kept.email,
        name=f"{kept.first_name} {kept.last_name}".strip(),
        time_zone=kept.time_zone,
        expires_at=kept.expires_at,
    )
