"""Exports: stable columns over all versions, nothing a spreadsheet would reckon, no drafts."""

import csv
import io
from typing import Any

import pytest

from app.features.forms import exporting
from tests.features.files.uploads import uploaded
from tests.features.forms.asking import (
    act,
    asked,
    choices,
    do,
    edit,
    field,
    fill,
    handed_in,
    pair,
    published,
    read,
)
from tests.make import Make, Person

Row = dict[str, Any]


async def table(coach: Person, form: Row, **query: str) -> list[list[str]]:
    url = f"/v1/forms/{form['id']}/responses/export"
    answer = await coach.http.get(url, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text)))


async def test_a_table_has_words_and_no_formulas(make: Make):
    coach, client = await pair(make)
    form = await published(
        coach,
        field("head", "heading"),
        field("name"),
        field("age", "number"),
        field("pick", "multi_choice", choices=choices(1, 2, 4)),
        field("papers", "file"),
        field("agree", "consent", statement="Yes"),
        title="Über uns",
    )
    response = await asked(coach, client, form)
    file = await uploaded(client, name="=plan.pdf")
    said: Row = {"name": '=HYPERLINK("x")', "age": -5, "pick": ["a", "c"], "agree": True}
    await handed_in(client, response, **said, papers=[file["id"]])
    await do(coach, response, "reopen", comment="Again")
    await fill(client, response, name="Secret draft")
    head, row = await table(coach, form)
    assert head[-5:] == ["name", "age", "pick", "papers", "agree"]
    told = dict(zip(head, row, strict=True))
    assert told["name"] == '\'=HYPERLINK("x")'
    assert (told["age"], told["pick"], told["agree"]) == ("-5", "A, C", "Yes")
    assert told["papers"] == "'=plan.pdf"
    assert (told["status"], told["revision"], told["score"]) == ("draft", "1", "5")
    assert (told["late"], told["submitted_at"][10]) == ("false", "T")
    labels, _ = await table(coach, form, headers="labels")
    assert labels[-5:] == ["Name", "Age", "Pick", "Papers", "Agree"]


async def test_columns_stay_where_they_are_from_version_to_version(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("a"), field("b"))
    await handed_in(client, await asked(coach, client, form), a="1", b="2")
    await edit(coach, form, fields=[field("c"), field("b", label="Renamed")])
    await act(coach, form, "publish")
    await handed_in(client, await asked(coach, client, form), c="3", b="4")
    await asked(coach, client, form)
    head, first, second = await table(coach, form)
    assert head[-3:] == ["a", "b", "c"]
    assert (first[-3:], second[-3:]) == (["1", "2", ""], ["", "4", "3"])
    head, only = await table(coach, form, version="1", headers="labels")
    assert (head[-2:], only[-2:]) == (["A", "B"], ["1", "2"])
    assert (await read(coach, form, "/responses/export?version=3")).status_code == 404


async def test_json_holds_the_answers_as_they_are(make: Make, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 2)
    coach = await make.coach()
    form = await published(coach, field("name"), field("age", "number"))
    nothing = await read(coach, form, "/responses/export?format=json")
    assert nothing.json() == []
    for number in range(5):
        client = await make.client(workspace_id=coach.workspace_id)
        await handed_in(client, await asked(coach, client, form), name=f"=A{number}", age=number)
    answer = await read(coach, form, "/responses/export?format=json")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = answer.json()
    assert [one["answers"] for one in rows] == [
        {"name": f"=A{number}", "age": number} for number in range(5)
    ]
    assert len(await table(coach, form)) == 6
    stranger = await make.coach()
    assert (await read(stranger, form, "/responses/export")).status_code == 404
