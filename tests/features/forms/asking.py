"""Forms made through the API, as most of these tests begin."""

from typing import Any

import httpx

from tests.make import Person

TEAM = "/v1/forms"

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
