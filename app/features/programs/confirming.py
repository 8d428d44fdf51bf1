"""Confirming a sign-up: an account, a contact and an enrollment, whichever was not there yet."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.invitations import Link, check_invited, hash_chosen_password, open_account
from app.access.principal import Caller, Space
from app.access.runtime import Runtime
from app.access.sign_in import open_session
from app.core.events import Actor
from app.features.programs.answering import accept
from app.features.programs.coming_in import come_in
from app.features.programs.eligibility import AlreadyEnrolled
from app.features.programs.schemas_public import ConfirmedOut, ConfirmIn
from app.features.programs.sign_up_links import PREFIX, SignUpExpired, valid_sign_up
from app.models import Contact, Enrollment, Program, SignUp, User
from app.repositories.enrollments import EnrollmentRepository
from app.repositories.sign_ups import SignUpRepository
from app.repositories.users import user_by_id


async def confirm(
    runtime: Runtime, body: ConfirmIn, caller: Caller | None, device: Device
) -> ConfirmedOut:
    """Confirm a sign-up and sign in to the practice's portal; of many at once, one wins.

    The password is hashed between the look and the change, when no lock is held. Raises what
    `valid_sign_up`, `check_invited` and `come_in` raise, and AlreadyEnrolled (409).
    """
    link = Link.read(body.token, prefix=PREFIX)
    password_hash = await _check(runtime, link, body, caller)
    async with runtime.database.writing(link.workspace_id) as session:
        kept, program = await _consume(session, link)
        if caller:
            user = await user_by_id(session, caller.user_id)
        else:
            user = await _new_account(session, kept, body, password_hash)
        contact = await come_in(session, user, kept, program, time_zone=body.time_zone)
        enrollment = await _enroll(session, contact, program)
        actor = Actor("client", user.id)
        await accept(session, enrollment, actor=actor, onboarding=runtime.onboarding)
        space = Space(workspace_id=link.workspace_id, role="client", contact_id=contact.id)
        signed_in = await open_session(session, runtime, user=user, space=space, device=device)
    return ConfirmedOut.model_construct(**dict(signed_in), enrollment_id=enrollment.id)


async def _check(
    runtime: Runtime, link: Link, body: ConfirmIn, caller: Caller | None
) -> str | None:
    """Refuse what can be refused without changing anything; a new account's password hash."""
    async with runtime.database.reading(link.workspace_id) as session:
        kept, _ = await valid_sign_up(session, link)
        await check_invited(session, kept.email_norm, caller)
    if caller:
        return None
    return await hash_chosen_password(runtime, body.password, email=kept.email_norm)


async def _consume(session: AsyncSession, link: Link) -> tuple[SignUp, Program]:
    """Use the link up; whoever comes second is told what became of it."""
    found = await valid_sign_up(session, link)
    if not await SignUpRepository(session, link.workspace_id).consume(link.token_hash):
        await valid_sign_up(session, link)
        raise SignUpExpired  # it was valid a moment ago
    return found


async def _new_account(
    session: AsyncSession, kept: SignUp, body: ConfirmIn, password_hash: str | None
) -> User:
    """An account for the confirmed address; what is said last replaces what was said first."""
    kept.first_name = body.first_name or kept.first_name
    kept.last_name = kept.last_name if body.last_name is None else body.last_name
    return await open_account(
        session,
        email=kept.email,
        name=f"{kept.first_name} {kept.last_name}".strip(),
        password_hash=password_hash,
        time_zone=body.time_zone or kept.time_zone or "UTC",
    )


async def _enroll(session: AsyncSession, contact: Contact, program: Program) -> Enrollment:
    """The invitation that waits for an answer, if there is one, else a new enrollment."""
    enrollments = EnrollmentRepository(session, program.workspace_id, contact_id=contact.id)
    live = await enrollments.live_in(program.id)
    if live is None:
        live = enrollments.add(
            Enrollment(
                program_id=program.id,
                contact_id=contact.id,
                status="invited",
                origin="self_registered",
            )
        )
        await session.flush()
    elif live.status != "invited" or live.accepted_at is not None:
        raise AlreadyEnrolled
    return live
