"""A practice says in its letters what it likes, in words it can't break anything with."""

from typing import Any

import pytest

from tests.features.notes.writing import pair, text_of
from tests.features.preferences.choosing import aim
from tests.make import Make, Person
from tests.post_office import PostOffice

TEMPLATES = "/v1/email-templates"
GOAL = f"{TEMPLATES}/goals/goal_created"


async def word(coach: Person, **words: str | None) -> dict[str, Any]:
    """Word the letter about new goals."""
    answer = await coach.http.put(GOAL, json=words)
    assert answer.status_code == 200, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


async def test_the_list_shows_every_letter_and_its_words(make: Make):
    coach = await make.coach()

    listed = (await coach.http.get(TEMPLATES)).json()["templates"]

    found = {one["name"]: one for one in listed}
    assert found["goals/goal_created"] == {
        "name": "goals/goal_created",
        "standard_subject": "{{ author }} set a goal",
        "subject": None,
        "intro": None,
        "variables": [
            {"name": "author", "kind": "text"},
            {"name": "title", "kind": "text"},
            {"name": "due_on", "kind": "day"},
            {"name": "practice_name", "kind": "text"},
            {"name": "reader_name", "kind": "text"},
        ],
        "updated_at": None,
    }
    assert found["goals/goal_created"] == (await coach.http.get(GOAL)).json()
    assert not any(name.startswith("accounts/") for name in found)


async def test_a_letter_says_it_from_now_on(make: Make, post_office: PostOffice):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    kept = await word(
        people.coach,
        subject="{{reader_name}}, by {{ due_on }}: {{ title }}",
        intro="Dear {{ reader_name }},\n<b>here</b> is a goal.",
    )
    assert kept["updated_at"]
    await aim(people.coach, people, title="Speak in public", due_on="2026-12-24")

    message = await post_office.deliver_to(people.client.email)

    assert message["subject"] == "Ada Lovelace, by Thursday, December 24, 2026: Speak in public"
    text = text_of(message)
    assert text.startswith("Dear Ada Lovelace,\n<b>here</b> is a goal.\n\n")
    assert "set a goal:" in text
    html = message.get_body(("html",))
    assert html
    assert "Dear Ada Lovelace,<br>&lt;b&gt;here&lt;/b&gt; is a goal." in str(html.get_content())


async def test_what_clients_typed_is_text_in_it_too(make: Make, post_office: PostOffice):
    people = await pair(make, first_name="{{ title }}", last_name="<i>{% if %}")
    await word(people.coach, subject="From {{ author }}", intro="{{ author }} / {{ title }}")
    await aim(people.client, people, title="{{ 7 * 7 }}<script>")

    message = await post_office.deliver_to(people.coach.email)

    assert message["subject"] == "From {{ title }} <i>{% if %}"
    assert text_of(message).startswith("{{ title }} <i>{% if %} / {{ 7 * 7 }}<script>\n")
    html = message.get_body(("html",))
    assert html
    assert "<script>" not in str(html.get_content())


async def test_what_a_letter_does_not_hold_is_left_out(make: Make, post_office: PostOffice):
    people = await pair(make)
    await word(people.coach, subject="{{ due_on }}", intro="By {{ due_on }}.")
    await aim(people.coach, people, title="Some day")

    message = await post_office.deliver_to(people.client.email)

    assert message["subject"].endswith(" set a goal")
    assert text_of(message).startswith("By .\n")


@pytest.mark.parametrize(
    ("body", "pointer", "named"),
    [
        ({"subject": "{{ nonsense }}"}, "/subject", "{{ nonsense }}"),
        ({"intro": "{{ title }} {{ workspace.secret }}"}, "/intro", "{{ workspace.secret }}"),
        ({"intro": "{{ 7 * 7 }}"}, "/intro", "{{ 7 * 7 }}"),
        ({"intro": "{{ title"}, "/intro", "{{ title"),
        ({"intro": "{{ signature:client }}"}, "/intro", "{{ signature: … }}"),
        ({"intro": "{{ title | upper }}"}, "/intro", "{{ title | upper }}"),
    ],
)
async def test_a_variable_the_letter_does_not_have_is_named(
    make: Make, body: dict[str, str], pointer: str, named: str
):
    coach = await make.coach()

    for answer in (
        await coach.http.put(GOAL, json=body),
        await coach.http.post(f"{GOAL}/preview", json=body),
    ):
        assert answer.status_code == 422
        assert answer.json()["code"] == "unknown_variables"
        [error] = answer.json()["errors"]
        assert error["pointer"] == pointer
        assert named in error["detail"]
    assert (await coach.http.get(GOAL)).json()["subject"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"subject": "Two\r\nBcc: all@example.test"},
        {"subject": "Two\nlines"},
        {"subject": ""},
        {"subject": " "},
        {"subject": "x" * 151},
        {"subject": 5},
        {"subject": "a\u2028b"},
        {"subject": "a\u202eb"},
        {"intro": "x" * 2001},
        {"intro": "a\u0000b"},
        {"body": "x"},
    ],
)
async def test_what_would_break_a_header_is_refused(make: Make, body: dict[str, object]):
    coach = await make.coach()

    answer = await coach.http.put(GOAL, json=body)

    assert answer.status_code == 422, answer.text


async def test_going_back_to_the_standard(make: Make, post_office: PostOffice):
    people = await pair(make)
    await word(people.coach, subject="Hello")
    assert (await people.coach.http.delete(GOAL)).status_code == 204
    assert (await people.coach.http.delete(GOAL)).status_code == 204
    await word(people.coach, subject="Hello")
    assert (await word(people.coach, subject=None, intro=None))["subject"] is None
    await aim(people.coach, people, title="Speak")

    message = await post_office.deliver_to(people.client.email)

    assert message["subject"].endswith(" set a goal")
    events = (await people.coach.http.get("/v1/events")).json()["data"]
    told = [event["type"] for event in events if event["type"].startswith("email_template.")]
    assert sorted(told) == ["email_template.changed"] * 2 + ["email_template.reset"] * 2


async def test_a_preview_keeps_nothing(make: Make):
    coach = await make.coach()
    body = {"subject": "{{ title }} by {{ due_on }}", "intro": "Dear {{ reader_name }}"}

    shown = (await coach.http.post(f"{GOAL}/preview", json=body)).json()

    assert shown["subject"].startswith("[title] by ")
    assert shown["text"].startswith("Dear [reader name]\n")
    assert "[author] set a goal" in shown["text"]
    assert shown["html"].startswith("<!doctype html>")
    assert (await coach.http.get(GOAL)).json()["subject"] is None


async def test_every_letter_can_be_previewed(make: Make):
    coach = await make.coach()
    for one in (await coach.http.get(TEMPLATES)).json()["templates"]:
        assert one["standard_subject"], one["name"]
        answer = await coach.http.post(
            f"{TEMPLATES}/{one['name']}/preview", json={"subject": one["standard_subject"]}
        )
        assert answer.status_code == 200, one["name"]
        assert answer.json()["text"].count("[") >= 1, one["name"]


async def test_one_practices_words_are_not_anothers(make: Make, post_office: PostOffice):
    people, others = await pair(make), await pair(make)
    await word(others.coach, subject="Theirs")
    await aim(people.coach, people, title="Speak")

    message = await post_office.deliver_to(people.client.email)

    assert message["subject"].endswith(" set a goal")
    assert (await people.coach.http.get(GOAL)).json()["subject"] is None


@pytest.mark.parametrize("path", ["goals/nothing", "accounts/magic_link", "..%2f/x", "goals/%00"])
async def test_a_letter_nobody_writes_is_not_found(make: Make, path: str):
    coach = await make.coach()
    for method in ("GET", "PUT", "DELETE"):
        body = {"subject": "x"} if method == "PUT" else None
        answer = await coach.http.request(method, f"{TEMPLATES}/{path}", json=body)
        assert answer.status_code in {400, 404}
