"""Forms made through the API, as most of these tests begin."""

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.make import Make, Person

TEAM = "/v1/forms"
RESPONSES, OWN = "/v1/form-responses", "/v1/portal/form-responses"

Json = dict[str, Any]


def field(field_id: str, kind: str = "short_text", **more: Any) -> Json:
    """A field of a form, labelled after its id."""
    return {"id": field_id, "type": kind, "label": field_id.capitalize(), **more}


def choices(*scores: int | None) -> list[Json]:
    """Choices `a`, `b`... that score so much."""
    return [
        {"value": value, "label": value.upper(), "score": score}
        for value, score in zip("abcdefgh", scores, strict=False)
    ]


def when(field_id: str, op: str = "answered", value: Any = None) -> Json:
    """A rule that compares an earlier answer."""
    return {"field": field_id, "op": op, **({} if value is None else {"value": value})}


async def create(coach: Person, *fields: Json, **more: Any) -> httpx.Response:
    return await coach.http.post(TEAM, json={"title": "Intake", "fields": list(fields), **more})


async def created(coach: Person, *fields: Json, **more: Any) -> Json:
    answer = await create(coach, *fields, **more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def edit(
    coach: Person, form: Json, if_match: str | None = "*", **more: Any
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    return await coach.http.patch(f"{TEAM}/{form['id']}", json=more, headers=headers)


async def act(coach: Person, form: Json, verb: str, **body: Any) -> httpx.Response:
    """`publish`, `archive`, `duplicate`..."""
    return await coach.http.post(f"{TEAM}/{form['id']}/{verb}", json=body or None)


async def read(coach: Person, form: Json, below: str = "") -> httpx.Response:
    return await coach.http.get(f"{TEAM}/{form['id']}{below}")


async def published(coach: Person, *fields: Json, **more: Any) -> Json:
    """A form with a first version."""
    form = await created(coach, *fields, **more)
    answer = await act(coach, form, "publish")
    assert answer.status_code == 200, answer.text
    return form


def errors(answer: httpx.Response) -> list[tuple[str, str]]:
    """The pointers and codes of a refusal."""
    assert answer.status_code == 422, answer.text
    return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]


async def pair(make: Make) -> tuple[Person, Person]:
    """A coach, and a client of theirs with access to the portal."""
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)
    return coach, client


async def send(
    coach: Person, form: Json, contact_ids: Sequence[UUID | None], **more: Any
) -> httpx.Response:
    body = {"contact_ids": [str(one) for one in contact_ids], **more}
    headers = {"Idempotency-Key": uuid4().hex}
    return await coach.http.post(f"{TEAM}/{form['id']}/requests", json=body, headers=headers)


async def asked(coach: Person, client: Person, form: Json, **more: Any) -> Json:
    """What this client was asked to fill in."""
    answer = await send(coach, form, [client.contact_id], **more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["data"][0]["response"])


def place(person: Person, response: Json) -> str:
    return f"{OWN if person.contact_id else RESPONSES}/{response['id']}"


async def look(person: Person, response: Json, below: str = "") -> httpx.Response:
    return await person.http.get(place(person, response) + below)


async def fill(
    client: Person, response: Json, if_match: str | None = "*", **answers: Any
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    body = {"answers": answers}
    return await client.http.patch(place(client, response), json=body, headers=headers)


async def do(person: Person, response: Json, verb: str, **body: Any) -> httpx.Response:
    """`submit`, `review`, `reopen`, `cancel`, `remind`."""
    return await person.http.post(f"{place(person, response)}/{verb}", json=body or None)


async def handed_in(client: Person, response: Json, **answers: Any) -> Json:
    """The client's view once they have filled it in and submitted."""
    assert (await fill(client, response, **answers)).status_code == 200
    answer = await do(client, response, "submit")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def words(letter: EmailMessage) -> str:
    """What a letter says."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def readers(mail: Sequence[EmailMessage], *people: Person) -> list[Person]:
    """Who of these people got each letter, in order."""
    return [one for message in mail for one in people if one.email in str(message["to"])]
