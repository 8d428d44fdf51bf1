"""Building forms: what is kept, what is refused, and where the refusal points."""

from typing import Any

import pytest

from tests.features.forms.asking import (
    TEAM,
    act,
    choices,
    create,
    created,
    edit,
    errors,
    field,
    published,
    read,
    when,
)
from tests.make import Make

FIRST_MAX_EMPTY = ("/fields/0/max", "empty_range")

EVERY_TYPE = [
    field("title", "heading"),
    field("name", required=True, max_length=80, help="As on your passport"),
    field("story", "long_text", min_length=10),
    field("age", "number", integer=True, min=0, max=130),
    field("stress", "scale", min=0, max=10, min_label="none", max_label="a lot", scored=True),
    field("sleep", "single_choice", choices=choices(0, 1, 2)),
    field("needs", "multi_choice", choices=choices(None, None, None), max_choices=2),
    field("born", "date", max="2020-12-31"),
    field("mail", "email"),
    field("call", "phone"),
    field("papers", "file", max_files=3),
    field("agree", "consent", statement="You may keep this.", required=True),
]


async def test_a_form_with_every_type_of_field_comes_back_as_it_went(make: Make):
    coach = await make.coach()
    form = await created(coach, *EVERY_TYPE, description="Before we meet")
    assert [one["type"] for one in form["fields"]] == [one["type"] for one in EVERY_TYPE]
    assert (form["status"], form["latest_version"], form["version"]) == ("draft", 0, 1)
    assert form["score_range"] == {"min": 0, "max": 12}
    kept = await read(coach, form)
    assert kept.json() == form
    again = await edit(coach, form, kept.headers["ETag"], fields=form["fields"])
    assert again.json() == form


async def test_of_two_editors_the_second_is_refused(make: Make):
    coach = await make.coach()
    form = await created(coach, field("name"))
    tag = (await read(coach, form)).headers["ETag"]
    assert (await edit(coach, form, None, title="Two")).status_code == 428
    assert (await edit(coach, form, tag, title="Two")).json()["title"] == "Two"
    assert (await edit(coach, form, tag, title="Three")).status_code == 412
    assert (await read(coach, form)).json()["title"] == "Two"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([{"id": "a", "label": "A"}], ("/fields/0", "union_tag_not_found")),
        ([field("a", "poem")], ("/fields/0", "union_tag_invalid")),
        ([field("a", min=1)], ("/fields/0/min", "extra_forbidden")),
        ([field("a", "number", min="1")], ("/fields/0/min", "float_type")),
        ([field("a b")], ("/fields/0/id", "string_pattern_mismatch")),
        ([{"type": "email", "label": "A"}], ("/fields/0/id", "missing")),
        ([field("a"), field("a")], ("/fields/1/id", "duplicate_id")),
        ([field("a", "single_choice", choices=[])], ("/fields/0/choices", "too_short")),
        ([field("a", min_length=9, max_length=3)], ("/fields/0/max_length", "empty_range")),
        (
            [field("a", "date", min="2030-02-02", max="2026-01-01")],
            ("/fields/0/max", "empty_range"),
        ),
        ([field("a", pattern="[")], ("/fields/0/pattern", "invalid_pattern")),
        ([field("a", pattern="(?=a)b")], ("/fields/0/pattern", "invalid_pattern")),
        ([field("a", pattern=r"(\w{0,50}){0,50}$")], ("/fields/0/pattern", "invalid_pattern")),
        (
            [field("a"), field("b", visible_if={"any": [when("a", "equals", {})]})],
            ("/fields/1/visible_if/any/0/value", "bool_type"),
        ),
    ],
)
async def test_what_is_wrong_is_pointed_at(make: Make, fields: Any, expected: tuple[str, str]):
    coach = await make.coach()
    assert expected in errors(await create(coach, *fields))
    assert (await coach.http.get(TEAM)).json()["data"] == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (when("b"), ("/field", "not_an_earlier_field")),
        (when("later"), ("/field", "not_an_earlier_field")),
        (when("nowhere"), ("/field", "not_an_earlier_field")),
        ({"not": {"all": [when("words"), when("head")]}}, ("/not/all/1/field", "takes_no_answer")),
        (when("words", "less_than", "x"), ("/op", "wrong_operator")),
        (when("words", "answered", "x"), ("/value", "unexpected_value")),
        (when("words", "equals"), ("/value", "wrong_value")),
        (when("words", "equals", 3), ("/value", "wrong_value")),
        (when("age", "equals", value=True), ("/value", "wrong_value")),
        (when("age", "in", [3]), ("/op", "wrong_operator")),
        (when("day", "less_than", "soon"), ("/value", "wrong_value")),
        (when("one", "equals", "z"), ("/value", "wrong_value")),
        (when("one", "in", "a"), ("/value", "wrong_value")),
        (when("many", "contains", "z"), ("/value", "wrong_value")),
        (when("stars", "at_least", 11), ("/value", "wrong_value")),
        (when("papers", "equals", "x"), ("/op", "wrong_operator")),
    ],
)
async def test_rules_ask_earlier_fields_what_they_can_answer(
    make: Make, rule: Any, expected: tuple[str, str]
):
    coach = await make.coach()
    before = [
        field("head", "heading"),
        field("words"),
        field("age", "number"),
        field("day", "date"),
        field("one", "single_choice", choices=choices(1, 2)),
        field("many", "multi_choice", choices=choices(1, 2)),
        field("stars", "scale"),
        field("papers", "file"),
    ]
    answer = await create(coach, *before, field("b", visible_if=rule), field("later"))
    pointer, code = expected
    assert errors(answer) == [(f"/fields/8/visible_if{pointer}", code)]
    assert answer.json()["code"] == "invalid_form"


async def test_a_rule_has_its_limits(make: Make):
    coach = await make.coach()
    deep = when("a")
    for _ in range(7):
        deep = {"not": deep}
    wide = {"all": [{"any": [when("a")] * 20}] * 3}
    for rule in (deep, wide):
        answer = await create(coach, field("a"), field("b", visible_if=rule))
        assert errors(answer) == [("/fields/1/visible_if", "rule_too_large")]


def band(low: int, high: int) -> dict[str, Any]:
    return {"label": f"{low} to {high}", "min": low, "max": high}


@pytest.mark.parametrize(
    ("bands", "expected", "told"),
    [
        ([band(0, 3), band(3, 6)], ("/bands/1/min", "bands_overlap"), "Overlaps with 0 to 3"),
        ([band(0, 2), band(5, 6)], ("/bands/1/min", "bands_gap"), "No band for scores from 3 to 4"),
        ([band(1, 6)], ("/bands/0/min", "bands_gap"), "No band for a score of 0"),
        ([band(4, 5), band(0, 3)], ("/bands/0/max", "bands_gap"), "No band for a score of 6"),
        ([band(6, 0)], ("/bands/0/max", "empty_range"), "Must not be less than min"),
    ],
)
async def test_every_score_has_one_band(
    make: Make, bands: Any, expected: tuple[str, str], told: str
):
    coach = await make.coach()
    scored = [field(name, "single_choice", choices=choices(0, 1, 3)) for name in ("p", "q")]
    answer = await create(coach, *scored, bands=bands)
    assert errors(answer) == [expected]
    assert answer.json()["errors"][0]["detail"] == told


async def test_bands_need_scores_and_fit_what_is_possible(make: Make):
    coach = await make.coach()
    none = await create(coach, field("a"), bands=[band(0, 1)])
    assert errors(none) == [("/bands", "nothing_scored")]
    scored = [
        field("a", "single_choice", choices=choices(2, 5), required=True),
        field("b", "multi_choice", choices=choices(-1, 2, 3), max_choices=2),
        field("c", "scale", min=1, max=4, scored=True, visible_if=when("a", "equals", "a")),
    ]
    form = await created(coach, *scored, bands=[band(1, 8), band(9, 14)])
    assert form["score_range"] == {"min": 1, "max": 14}


async def test_a_copy_is_a_draft_of_its_own(make: Make):
    coach = await make.coach()
    form = await published(coach, field("name"), title="x" * 200)
    copy = (await act(coach, form, "duplicate")).json()
    assert copy["id"] != form["id"]
    assert copy["title"] == f"Copy of {'x' * 192}"
    assert (copy["fields"], copy["status"]) == (form["fields"], "draft")
    assert (await act(coach, form, "duplicate", title="Mine")).json()["title"] == "Mine"


async def test_forms_are_listed_by_status_and_title(make: Make):
    coach = await make.coach()
    names = ("Draft 100%", "Live", "Old")
    draft, live, old = [await created(coach, field("a"), title=name) for name in names]
    await act(coach, live, "publish")
    await act(coach, old, "archive")

    async def titles(**query: str) -> list[str]:
        listed = (await coach.http.get(TEAM, params=query)).json()["data"]
        return [one["title"] for one in listed]

    assert await titles() == ["Live", "Draft 100%"]
    assert await titles(status="draft") == ["Draft 100%"]
    assert await titles(status="published") == ["Live"]
    assert await titles(status="archived") == ["Old"]
    assert await titles(search="0%") == ["Draft 100%"]
    assert (await act(coach, old, "unarchive")).json()["status"] == "draft"
    assert (await coach.http.delete(f"{TEAM}/{draft['id']}")).status_code == 204
    assert (await read(coach, draft)).status_code == 404
    assert await titles() == ["Old", "Live"]


async def test_a_preview_tells_what_would_be_shown_and_scored(make: Make):
    coach = await make.coach()
    form = await created(
        coach,
        field("a", "single_choice", choices=choices(0, 4), required=True),
        field("why", required=True, visible_if=when("a", "equals", "b")),
        bands=[band(0, 3), band(4, 4)],
    )
    nothing = (await act(coach, form, "preview", answers={})).json()
    assert nothing["visible_field_ids"] == ["a"]
    assert [one["pointer"] for one in nothing["problems"]] == ["/answers/a"]
    some = (await act(coach, form, "preview", answers={"a": "b"})).json()
    assert (some["visible_field_ids"], some["score"], some["band"]) == (["a", "why"], 4, "4 to 4")
    assert [one["code"] for one in some["problems"]] == ["required"]
    wrong = await act(coach, form, "preview", answers={"a": 3, "hat": 1})
    assert errors(wrong) == [("/answers/a", "wrong_type"), ("/answers/hat", "unknown_field")]
