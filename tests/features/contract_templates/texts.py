"""Texts for tests, and where they are sent."""

from typing import Any

import httpx

from tests.make import Person

URL = "/v1/contract-templates"

AGREEMENT = """# Coaching agreement

Between **{{workspace.name}}** and {{contact.name}}; notice: {{custom.notice_period}}.

{{signature:client}} {{date:client}}
"""

NOTICE = {"name": "custom.notice_period", "label": "Notice period", "sample": "four weeks"}


async def template(coach: Person, **values: Any) -> dict[str, Any]:
    """A new template."""
    body = {"name": "Agreement", "body": AGREEMENT, "variables": [NOTICE], **values}
    response = await coach.http.post(URL, json=body)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def problems(response: httpx.Response) -> list[tuple[str, str]]:
    """The pointers and codes of a refusal."""
    assert response.status_code == 422, response.text
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]
