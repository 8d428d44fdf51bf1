"""Letters for tests: an invitation that was written, and sent or refused."""

from typing import Any
from uuid import UUID

import httpx

from app.core.db import Database
from app.core.ids import new_id
from app.settings import Settings
from tests.dispatcher.sorting_office import sorting_office
from tests.make import Make, Person


def once() -> dict[str, str]:
    """A header that makes a request its own."""
    return {"Idempotency-Key": str(new_id())}


async def invite(coach: Person, contact_id: UUID) -> None:
    """Send a portal invitation by the API."""
    answer = await coach.http.post(f"/v1/contacts/{contact_id}/portal-invite", headers=once())
    assert answer.status_code == 201, answer.text


async def emails(coach: Person, **filters: Any) -> list[dict[str, Any]]:
    """The practice's e-mails, newest first."""
    answer = await coach.http.get("/v1/emails", params=filters)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def resend(coach: Person, email: dict[str, Any]) -> httpx.Response:
    """Ask for an e-mail once more."""
    return await coach.http.post(f"/v1/emails/{email['id']}/resend", headers=once())


async def refused_invitation(
    make: Make, coach: Person, database: Database, settings: Settings, *, reply: str
) -> dict[str, Any]:
    """An invitation to somebody, that the mail server answered with `reply`; the coach is told."""
    contact = await make.contact(workspace_id=coach.workspace_id)
    assert contact.email
    async with sorting_office(database, settings) as office:
        office.server.answer("RCPT", reply, recipient=contact.email)
        await invite(coach, contact.id)
        await office.drain()
    [email] = await emails(coach, contact_id=str(contact.id))
    return email
