"""Somebody who does over HTTP what a coach and her clients would do."""

from typing import Any, Self
from uuid import UUID

import httpx
from fastapi import FastAPI

from app.access.runtime import Runtime
from app.core.ids import new_id
from app.features.invites.issuing import PREFIX
from app.repositories.portal_invites import PortalInviteRepository


class Visitor:
    """An HTTP client of the app in this process, signed in as the coach once she has registered."""

    def __init__(self, app: FastAPI) -> None:
        """Speak to this app."""
        runtime: Runtime = app.state.runtime
        self._database, self._mint = runtime.database, runtime.mint
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://demo"
        )
        self._workspace_id: UUID

    async def __aenter__(self) -> Self:
        """Open the client."""
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        await self._http.aclose()

    async def register(self, coach: dict[str, str]) -> None:
        """Found the practice; whatever comes next is done by its coach."""
        registered = await self.post("/v1/auth/register", coach)
        self._http.headers["Authorization"] = f"Bearer {registered['access_token']}"
        self._workspace_id = UUID(registered["space"]["workspace_id"])

    async def accept_invite(self, contact_id: str, password: str) -> None:
        """Come in as an invited contact, by the link in their mail."""
        async with self._database.reading(self._workspace_id) as session:
            invites = PortalInviteRepository(session, self._workspace_id)
            invite = await invites.latest_for(UUID(contact_id))
        token = self._mint.derive(PREFIX, self._workspace_id, invite.id)
        await self.post(
            "/v1/public/portal-invites/accept",
            {"token": token, "password": password},
            headers={"Authorization": ""},
        )

    async def sign_in(self, contact_id: str, password: str) -> dict[str, str]:
        """The headers of a client who is signed in."""
        email = (await self.get(f"/v1/contacts/{contact_id}"))["email"]
        given = {"email": email, "password": password}
        signed_in = await self.post("/v1/auth/login", given, headers={"Authorization": ""})
        return {"Authorization": f"Bearer {signed_in['access_token']}"}

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """What the coach reads there."""
        return _answer(await self._http.get(path, params=query))

    async def get_as(self, headers: dict[str, str], path: str) -> dict[str, Any]:
        """What a client who is signed in reads there."""
        return _answer(await self._http.get(path, headers=headers))

    async def post(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Do something once."""
        key = {"Idempotency-Key": str(new_id())}
        return _answer(await self._http.post(path, json=body, headers=key | (headers or {})))

    async def upload(
        self,
        path: str,
        content: str,
        query: dict[str, str],
        *,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        """Hand in a file, named and shown as the query says."""
        sent = await self._http.post(path, content=content, params=query, headers=headers)
        return _answer(sent)

    async def patch(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Change something, whatever its version."""
        sent = {"If-Match": "*", **(headers or {})}
        return _answer(await self._http.patch(path, json=body, headers=sent))

    async def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Set something."""
        return _answer(await self._http.put(path, json=body))


def _answer(response: httpx.Response) -> dict[str, Any]:
    response.raise_for_status()
    answer: dict[str, Any] = response.json()
    return answer
