"""Steps a visitor of a program's public page takes."""

import re
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from app.models import SignUp, WorkspaceListing
from tests.make import Make, Person
from tests.post_office import PostOffice

CONFIRM = "/v1/public/program-sign-ups/confirm"
LOOKUP = "/v1/public/program-sign-ups/lookup"
PASSWORD = "larks over the quiet lake"


async def page_of(make: Make, coach: Person, program: dict[str, Any]) -> str:
    """The address of the program's public page."""
    async with make.runtime.database.reading() as session:
        slug = await session.scalar(
            select(WorkspaceListing.slug).where(WorkspaceListing.workspace_id == coach.workspace_id)
        )
    return f"/v1/public/programs/{slug}/{program['slug']}"


async def sign_up(http: httpx.AsyncClient, page: str, **body: Any) -> httpx.Response:
    """Somebody fills in the form."""
    filled_in = {"email": "ana@example.test", "first_name": "Ana", "last_name": "Lima", **body}
    return await http.post(f"{page}/sign-up", json=filled_in)


async def confirm(http: httpx.AsyncClient, token: str, **body: Any) -> httpx.Response:
    """Somebody opens the mailed link and chooses a password."""
    return await http.post(CONFIRM, json={"token": token, "password": PASSWORD, **body})


async def token_for(make: Make, workspace_id: UUID, email: str = "ana@example.test") -> str:
    """The token the latest sign-up's mail carries."""
    async with make.runtime.database.reading(workspace_id) as session:
        sign_up_id = await session.scalar(
            select(SignUp.id).where(SignUp.email == email).order_by(SignUp.id.desc()).limit(1)
        )
    assert sign_up_id is not None
    return make.runtime.mint.derive("psu", workspace_id, sign_up_id)


async def mailed_token(post_office: PostOffice, email: str = "ana@example.test") -> str:
    """The token in the mail itself."""
    mail = await post_office.deliver_to(email)
    body = mail.get_body(("plain",))
    assert body is not None
    [token] = re.findall(r"/confirm-sign-up#token=(\S+)", body.get_content())
    return str(token)
