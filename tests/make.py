"""Plain factories for tests: practices, contacts, and people who are signed in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Caller, Role, Space
from app.access.runtime import Runtime
from app.core.clock import now
from app.core.fields import normalise_email
from app.core.ids import new_id
from app.models import Contact, LoginSession, Member, User, Workspace, WorkspaceListing
from app.models import Space as SpaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in to a practice, and their HTTP client."""

    user_id: UUID
    session_id: UUID
    email: str
    workspace_id: UUID
    member_id: UUID | None
    contact_id: UUID | None
    http: httpx.AsyncClient


def http_client(app: FastAPI) -> httpx.AsyncClient:
    """A client that speaks to the app in this process; an answer of 500 fails the test."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
        base_url="http://testserver",
        event_hooks={"response": [_refuse_internal_error]},
    )


async def _refuse_internal_error(response: httpx.Response) -> None:
    assert response.status_code != httpx.codes.INTERNAL_SERVER_ERROR, await response.aread()


class Make:
    """Makes rows as quickly as possible; what it makes belongs to the running test."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self.runtime: Runtime = app.state.runtime
        self._count = 0

    async def coach(self, *, role: Role = "owner", workspace_id: UUID | None = None) -> Person:
        """A member, signed in; of a new practice unless one is named."""
        if workspace_id is None:
            workspace_id = await self.workspace()
        async with self.runtime.database.writing(workspace_id) as session:
            user = await self._user(session)
            member = Member(workspace_id=workspace_id, user_id=user.id, role=role)
            session.add(member)
            await session.flush()
            space = Space(workspace_id=workspace_id, role=role, member_id=member.id)
            return await self._signed_in(session, user, space)

    async def client(self, *, workspace_id: UUID, **fields: Any) -> Person:
        """A contact with an active portal account, signed in."""
        async with self.runtime.database.writing(workspace_id) as session:
            user = await self._user(session)
            contact = self._contact(workspace_id, email=user.email, **fields)
            contact.user_id, contact.portal_status = user.id, "active"
            contact.activated_at = now()
            session.add(contact)
            await session.flush()
            space = Space(workspace_id=workspace_id, role="client", contact_id=contact.id)
            return await self._signed_in(session, user, space)

    async def contact(self, *, workspace_id: UUID, **fields: Any) -> Contact:
        """A contact; with an e-mail address of its own unless `email` says otherwise."""
        async with self.runtime.database.writing(workspace_id) as session:
            contact = self._contact(workspace_id, **fields)
            session.add(contact)
            await session.flush()
            return contact

    async def workspace(self, **fields: Any) -> UUID:
        """A practice without anybody in it; its id."""
        number = self._next()
        workspace_id = new_id()
        listed = {"name": f"Practice {number}", "slug": f"practice-{number}", **fields}
        async with self.runtime.database.writing(workspace_id) as session:
            listing = {"name": listed["name"], "slug": listed["slug"]}
            session.add(WorkspaceListing(workspace_id=workspace_id, **listing))
            session.add(Workspace(workspace_id=workspace_id, time_zone="Europe/Berlin", **listed))
        return workspace_id

    def anonymous(self) -> httpx.AsyncClient:
        """A client without credentials."""
        return http_client(self._app)

    async def _user(self, session: AsyncSession) -> User:
        address = f"person-{self._next()}@example.test"
        user = User(
            email=address,
            email_norm=normalise_email(address),
            name=f"Person {self._count}",
            email_verified_at=now(),
        )
        session.add(user)
        await session.flush()
        return user

    async def _signed_in(self, session: AsyncSession, user: User, space: Space) -> Person:
        sign_in = LoginSession(
            user_id=user.id,
            workspace_id=space.workspace_id,
            side=space.side,
            expires_at=now().replace(year=2199),
        )
        session.add(sign_in)
        await session.execute(
            insert(SpaceRow).values(
                user_id=user.id,
                workspace_id=space.workspace_id,
                side=space.side,
                role=space.role,
                member_id=space.member_id,
                contact_id=space.contact_id,
            )
        )
        await session.flush()
        caller = Caller(user_id=user.id, session_id=sign_in.id, space=space)
        http = self.anonymous()
        http.headers["Authorization"] = f"Bearer {self.runtime.access_tokens.issue(caller)}"
        return Person(
            user_id=user.id,
            session_id=sign_in.id,
            email=user.email,
            workspace_id=space.workspace_id,
            member_id=space.member_id,
            contact_id=space.contact_id,
            http=http,
        )

    def _contact(self, workspace_id: UUID, **fields: Any) -> Contact:
        number = self._next()
        values = {
            "first_name": "Ada",
            "last_name": f"Contact {number}",
            "email": f"contact-{number}@example.test",
            **fields,
        }
        email = values["email"]
        norm = normalise_email(email) if email else None
        return Contact(workspace_id=workspace_id, email_norm=norm, **values)

    def _next(self) -> int:
        self._count += 1
        return self._count
