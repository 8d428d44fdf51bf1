"""Founding a practice, by somebody new or by somebody who has an account already."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.password_rules import check_new_password
from app.access.principal import Space
from app.access.runtime import Runtime
from app.access.sign_in import AccountExists, SignedInOut, open_session
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict
from app.core.events import Actor, publish
from app.core.ids import new_id
from app.features.accounts.addresses import ask_to_verify
from app.features.accounts.events import WorkspaceRegistered
from app.features.accounts.proving import (
    InvalidCredentials,
    account_of,
    prove_password,
    still_proven,
)
from app.features.accounts.schemas import RegisterIn
from app.features.accounts.slugs import slug_of
from app.models import User
from app.repositories.practices import add_practice, list_practice
from app.repositories.spaces import spaces_of
from app.repositories.users import add_user, user_by_id


class PracticeExists(Conflict):
    """The person has a practice of this name: the form was probably sent twice."""

    code, title = "practice_exists", "You have a practice of this name already: sign in"


async def register(runtime: Runtime, body: RegisterIn, device: Device) -> SignedInOut:
    """Found a practice and sign its owner in to it.

    Who has an account, as a client of another coach perhaps, founds one by giving that account's
    password; with any other password the answer is AccountExists (409). That an address has an
    account can be learnt here, as on every form of this kind, but slowly: attempts count against
    the account as wrong passwords at sign-in do, and against the network address.
    """
    proven, password_hash = await _proof(runtime, body)
    workspace_id = new_id()
    async with runtime.database.writing(workspace_id) as session:
        if proven:
            owner = await _known(session, proven, body)
        else:
            owner = await _new(session, body, password_hash)
        space = await _found(session, workspace_id, body, owner)
        if owner.email_verified_at is None:
            await ask_to_verify(session, runtime, owner)
        return await open_session(session, runtime, user=owner, space=space, device=device)


async def _proof(runtime: Runtime, body: RegisterIn) -> tuple[User | None, str | None]:
    """The account the password opens, or the hash for a new one; neither holds a lock."""
    if await account_of(runtime, body.email):
        try:
            return await prove_password(runtime, body.email, body.password), None
        except InvalidCredentials:
            raise AccountExists from None
    check_new_password(body.password, email=body.email)
    return None, await runtime.passwords.hash(body.password)


async def _known(session: AsyncSession, proven: User, body: RegisterIn) -> User:
    user = await user_by_id(session, proven.id, lock=True)
    still_proven(user, proven)
    wanted = body.workspace_name.casefold()
    for space in await spaces_of(session, user.id):
        if space.role == "owner" and space.workspace_name.casefold() == wanted:
            raise PracticeExists
    return user


async def _new(session: AsyncSession, body: RegisterIn, password_hash: str | None) -> User:
    try:
        return await add_user(
            session,
            email=body.email,
            name=body.name,
            password_hash=password_hash,
            time_zone=body.time_zone,
        )
    except IntegrityError as error:
        if violated_constraint(error) == "users_email_norm_key":
            raise AccountExists from None
        raise


async def _found(session: AsyncSession, workspace_id: UUID, body: RegisterIn, owner: User) -> Space:
    slug = await _take_slug(session, workspace_id, body.workspace_name)
    member = await add_practice(
        session,
        workspace_id,
        name=body.workspace_name,
        slug=slug,
        time_zone=body.time_zone,
        locale=owner.locale,
        owner=owner,
    )
    event = WorkspaceRegistered(
        workspace_id=workspace_id,
        actor=Actor("member", owner.id),
        subject_id=workspace_id,
        name=body.workspace_name,
        slug=slug,
    )
    await publish(session, event)
    return Space(workspace_id=workspace_id, role="owner", member_id=member.id)


async def _take_slug(session: AsyncSession, workspace_id: UUID, name: str) -> str:
    """The plain slug if it is free, else one with a suffix, at last one as unique as the id."""
    plain, random = slug_of(name), workspace_id.hex
    for slug in (plain, f"{plain}-{random[-4:]}"):
        if await list_practice(session, workspace_id, name=name, slug=slug):
            return slug
    slug = f"{plain}-{random[-16:]}"
    await list_practice(session, workspace_id, name=name, slug=slug)
    return slug
