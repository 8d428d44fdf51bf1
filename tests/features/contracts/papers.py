"""Contracts made through the API, as most of these tests begin."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
from PIL import Image, ImageDraw

from tests.make import Make, Person

TEAM, PORTAL, LINK = "/v1/contracts", "/v1/portal/contracts", "/v1/public/contracts/sign"

TEXT = """# Coaching agreement

Between **{{workspace.name}}** and {{contact.name}}, with {{custom.notice}} notice.

{{signature:client}} {{date:client}}

{{signature:coach}}
"""
NOTICE = {"name": "custom.notice", "label": "Notice", "sample": "four weeks"}
BOTH = [{"role": "client"}, {"role": "coach", "order": 2}]


async def pair(make: Make) -> tuple[Person, Person]:
    """A coach, and a client of theirs with access to the portal."""
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)
    return coach, client


async def template(coach: Person, body: str = TEXT) -> str:
    """A template; its id."""
    given = {"name": "Agreement", "body": body, "variables": [NOTICE]}
    answer = await coach.http.post("/v1/contract-templates", json=given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def one_sided(coach: Person) -> str:
    """A template that a client signs alone."""
    return await template(coach, "Agreed with {{contact.name}}.")


async def draft(coach: Person, client: Person, **fields: Any) -> dict[str, Any]:
    """A draft that lacks nothing, signed by the client first and then by the coach."""
    body = {
        "contact_id": str(client.contact_id),
        "template_id": fields.pop("template_id", None) or await template(coach),
        "variables": {"custom.notice": "four weeks"},
        "signers": BOTH,
        **fields,
    }
    answer = await coach.http.post(TEAM, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def send(coach: Person, contract: dict[str, Any]) -> httpx.Response:
    headers = {"Idempotency-Key": uuid4().hex}
    return await coach.http.post(f"{TEAM}/{contract['id']}/send", headers=headers)


async def sent(coach: Person, client: Person, **fields: Any) -> dict[str, Any]:
    """A contract that waits for its first signature."""
    answer = await send(coach, await draft(coach, client, **fields))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def base(person: Person) -> str:
    return PORTAL if person.contact_id else TEAM


async def read(person: Person, contract: dict[str, Any]) -> dict[str, Any]:
    answer = await person.http.get(f"{base(person)}/{contract['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def act(person: Person, contract: dict[str, Any], verb: str, **body: Any) -> httpx.Response:
    """`consent`, `sign`, `decline`, `void`..."""
    return await person.http.post(f"{base(person)}/{contract['id']}/{verb}", json=body or None)


async def disclosure(client: Person, contract: dict[str, Any]) -> str:
    """The digest of what is agreed to before signing."""
    return str((await read(client, contract))["disclosure"]["sha256"])


def typed(contract: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The body of a typed signature."""
    digest = contract["document_sha256"]
    return {"method": "typed", "text": "Ada Lovelace", "document_sha256": digest, **fields}


async def consented(person: Person, contract: dict[str, Any], digest: str) -> None:
    answer = await act(person, contract, "consent", disclosure_sha256=digest, accepted=True)
    assert answer.status_code == 200, answer.text


async def signed_by(person: Person, contract: dict[str, Any], digest: str) -> dict[str, Any]:
    """The contract after this person agreed and signed."""
    await consented(person, contract, digest)
    answer = await act(person, contract, "sign", **typed(contract))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def scribble(kind: str = "PNG", size: tuple[int, int] = (480, 120)) -> str:
    """A drawn signature in base64."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).line([(10, 100), (120, 20), (300, 90), (460, 30)], fill="navy", width=5)
    target = BytesIO()
    picture.save(target, kind)
    return b64encode(target.getvalue()).decode()


@dataclass(frozen=True)
class Mailed:
    """Whoever holds a mailed link."""

    http: httpx.AsyncClient
    token: str

    async def ask(self, what: str, **body: Any) -> httpx.Response:
        """`lookup`, `document`, `consent`, `sign`, `decline`."""
        return await self.http.post(f"{LINK}/{what}", json={"token": self.token, **body})
