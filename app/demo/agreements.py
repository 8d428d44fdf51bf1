"""Contracts of the demo's coach: one signed by both, one that waits, one not sent yet."""

from typing import Any

from app.demo.people import CLIENT_PASSWORD, COACH
from app.demo.visitor import Visitor

TEXT = """# Coaching agreement

Between **{{workspace.name}}**, represented by {{coach.name}}, and **{{contact.name}}**.

1. Sessions last fifty minutes. Whoever can't come says so a day before.
2. What is said stays between us, whatever the law does not ask of me.
3. Either of us may end this with {{custom.notice}} notice.

Made on {{document.date}}.

{{signature:client}} {{date:client}}

{{signature:coach}} {{date:coach}}
"""
NOTICE = {"name": "custom.notice", "label": "Notice period", "sample": "four weeks"}
BOTH = [{"role": "client"}, {"role": "coach", "order": 2}]


async def make_agreements(visitor: Visitor, clients: list[str]) -> None:
    """The first client has signed, and so has the coach; the second was asked; the third not."""
    body = {"name": "Coaching agreement", "body": TEXT, "variables": [NOTICE]}
    template = await visitor.post("/v1/contract-templates", body)
    terms = {"variables": {"custom.notice": "four weeks"}, "signers": BOTH}
    drafts = [
        await visitor.post(
            "/v1/contracts", {"contact_id": contact_id, "template_id": template["id"], **terms}
        )
        for contact_id in clients[:3]
    ]
    for draft in drafts[:2]:
        await visitor.post(f"/v1/contracts/{draft['id']}/send", {})
    client = await visitor.sign_in(clients[0], CLIENT_PASSWORD)
    shown = await visitor.get_as(client, f"/v1/portal/contracts/{drafts[0]['id']}")
    await _sign(visitor, f"/v1/portal/contracts/{shown['id']}", shown, headers=client)
    await _sign(visitor, f"/v1/contracts/{shown['id']}", shown)


async def _sign(
    visitor: Visitor, url: str, shown: dict[str, Any], headers: dict[str, str] | None = None
) -> None:
    """Agree and sign, as the client or, without headers, as the coach."""
    agreed = {"disclosure_sha256": shown["disclosure"]["sha256"], "accepted": True}
    await visitor.post(f"{url}/consent", agreed, headers=headers)
    name = shown["signing"]["name"] if headers else COACH["name"]
    signature = {"method": "typed", "text": name, "document_sha256": shown["document_sha256"]}
    await visitor.post(f"{url}/sign", signature, headers=headers)
