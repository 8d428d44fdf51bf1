"""A practice to look around in: made through the API itself, so it holds what a real one would."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from app.access.runtime import Runtime
from app.features.invites.issuing import PREFIX
from app.main import create_app
from app.repositories.portal_invites import PortalInviteRepository
from app.repositories.users import first_user
from app.settings import Settings

COACH = {
    "email": "maya@demo.example",
    "password": "lantern over the harbour",
    "name": "Maya Okafor",
    "workspace_name": "Okafor Coaching",
    "time_zone": "Europe/Berlin",
}
CLIENT_PASSWORD = "kettle beside the window"  # noqa: S105 - every demo client's, and no secret
FIRST_NAMES = (
    *("Ada", "Ben", "Chloé", "Dário", "Elif", "Farid", "Grace", "Hugo", "Inês", "Jonas"),
    *("Kenji", "Lea", "Mateo", "Nora", "Omar", "Priya", "Quinn", "Rosa", "Sven", "Tara"),
)
LAST_NAMES = ("Almeida", "Brandt")
COMPANIES = ("Northlight Studio", "Harbour & Co", None, "Tidewater Labs")
TAGS = ("leadership", "career", "wellbeing")
TYPES = ("client", "client", "prospect", "lead")
PENDING, ACTIVE, DISABLED = range(12, 22), range(22, 36), range(36, 40)
"""Which of the forty contacts go how far; the others are not invited yet."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """How to sign in to the demo practice."""

    email: str
    password: str


async def seed_demo(settings: Settings) -> DemoAccount | None:
    """Fill an empty database with the demo practice; None where somebody else's lives.

    Its mails are left to the dispatcher of the server that starts next.
    """
    app = create_app(settings.model_copy(update={"rate_limits": False, "access_log": False}))
    runtime: Runtime = app.state.runtime
    try:
        async with runtime.database.reading() as session:
            first = await first_user(session)
        if first is None:
            await Seeder(app).seed()
        ours = first is None or first.email == COACH["email"]
        return DemoAccount(COACH["email"], COACH["password"]) if ours else None
    finally:
        await runtime.database.close()


class Seeder:
    """Does what a coach and her clients would do, over HTTP."""

    def __init__(self, app: FastAPI) -> None:
        """Speak to this app."""
        runtime: Runtime = app.state.runtime
        self._database, self._mint = runtime.database, runtime.mint
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://demo"
        )

    async def seed(self) -> None:
        """The practice, its contacts, and how far each of them has come."""
        async with self._http:
            registered = await self._post("/v1/auth/register", COACH)
            self._http.headers["Authorization"] = f"Bearer {registered['access_token']}"
            workspace_id = UUID(registered["space"]["workspace_id"])
            for number in range(40):
                contact = await self._post("/v1/contacts", _contact(number))
                if number in ACTIVE or number in DISABLED:
                    await self._accept(contact["id"], workspace_id)
                if number in DISABLED:
                    await self._disable(contact["id"])

    async def _accept(self, contact_id: str, workspace_id: UUID) -> None:
        token = await self._mailed_token(UUID(contact_id), workspace_id)
        await self._post(
            "/v1/public/portal-invites/accept",
            {"token": token, "password": CLIENT_PASSWORD},
            headers={"Authorization": ""},
        )

    async def _mailed_token(self, contact_id: UUID, workspace_id: UUID) -> str:
        async with self._database.reading(workspace_id) as session:
            invite = await PortalInviteRepository(session, workspace_id).latest_for(contact_id)
        return self._mint.derive(PREFIX, workspace_id, invite.id)

    async def _disable(self, contact_id: str) -> None:
        answer = await self._http.put(
            f"/v1/contacts/{contact_id}/portal-access", json={"enabled": False}
        )
        answer.raise_for_status()

    async def _post(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        answer = await self._http.post(path, json=body, headers=headers)
        answer.raise_for_status()
        created: dict[str, Any] = answer.json()
        return created


def _contact(number: int) -> dict[str, Any]:
    first_name = FIRST_NAMES[number % 20]
    last_name = LAST_NAMES[number // 20]
    return {
        "first_name": first_name,
        "last_name": last_name,
        "email": f"client{number + 1:02d}@demo.example",
        "company": COMPANIES[number % 4],
        "type": TYPES[number % 4] if number < PENDING.start else "client",
        "tags": [TAGS[number % 3]],
        "time_zone": "Europe/Lisbon" if number % 2 else "America/New_York",
        "send_portal_invite": number >= PENDING.start,
    }
