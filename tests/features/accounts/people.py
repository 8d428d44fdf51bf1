"""What the tests of accounts say and read."""

import re
from email.message import EmailMessage
from typing import Any

import httpx

PASSWORD = "two-larks-over-the-lake"

REGISTRATION: dict[str, Any] = {
    "email": "maya@example.test",
    "password": PASSWORD,
    "name": "Maya Okafor",
    "workspace_name": "Maya's Coaching",
    "time_zone": "Europe/Berlin",
}


def registration(**changes: Any) -> dict[str, Any]:
    return {**REGISTRATION, **changes}


def bearer(signed_in: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {signed_in['access_token']}"}


def token_in(mail: EmailMessage) -> str:
    """The token in the fragment of the mail's link."""
    body = mail.get_body(("plain",))
    assert body
    [token] = set(re.findall(r"#token=(\w+_[\w-]{64})", body.get_content()))
    return str(token)


def code_of(answer: httpx.Response) -> str:
    """The code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    code: str = answer.json()["code"]
    return code
