"""Filling in: kept as it is typed, two tabs apart, and nobody's business until it is submitted."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI

from tests.features.files.uploads import uploaded
from tests.features.forms.asking import (
    act,
    asked,
    choices,
    do,
    edit,
    errors,
    field,
    fill,
    handed_in,
    look,
    pair,
    published,
    readers,
    send,
    when,
    words,
)
from tests.make import Make
from tests.post_office import PostOffice


async def test_answers_are_kept_side_by_side(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    form = await published(coach, field("name"), field("age", "number"), field("mail", "email"))
    response = await asked(coach, client, form)
    await post_office.deliver()
    tag = (await look(client, response)).headers["ETag"]
    first = await fill(client, response, tag, name="Ada", mail="ada@")
    assert first.json()["answers"] == {"name": "Ada", "mail": "ada@"}
    second = await fill(client, response, first.headers["ETag"], age=36.5, mail=None)
    assert second.json()["answers"] == {"name": "Ada", "age": 36.5}
    assert (await look(client, response)).json() == second.json()
    same = await fill(client, response, second.headers["ETag"], name="Ada")
    assert same.headers["ETag"] == second.headers["ETag"]
    assert await post_office.deliver() == []
    assert (await look(coach, response)).json()["submission"] is None
    assert "ada@" not in (await look(coach, response)).text
    assert (await look(coach, response, "/revisions")).json() == {"revisions": []}


async def test_of_two_tabs_the_second_is_refused(make: Make):
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("name")))
    tag = (await look(client, response)).headers["ETag"]
    assert (await fill(client, response, None, name="A")).status_code == 428
    assert (await fill(client, response, tag, name="A")).status_code == 200
    assert (await fill(client, response, tag, name="B")).status_code == 412
    assert (await look(client, response)).json()["answers"] == {"name": "A"}


@pytest.mark.parametrize(
    ("kind", "more", "wrong"),
    [
        ("short_text", {}, [3, "two\nlines", "x" * 501, ["x"], True]),
        ("long_text", {}, [3, "x" * 10_001]),
        ("number", {}, ["3", True, 10**13, [1]]),
        ("scale", {"min": 1, "max": 3}, [0, 4, 1.5, "2", True]),
        ("single_choice", {"choices": choices(1, 2)}, ["c", 1, ["a"]]),
        ("multi_choice", {"choices": choices(1, 2)}, ["a", ["c"], [1], ["a"] * 101]),
        ("date", {}, ["soon", "2026-02-30", 20260101, "1776-07-04", "2026-01-01T00:00:00Z"]),
        ("email", {}, [3, "x" * 255]),
        ("phone", {}, [3, "x" * 41]),
        ("file", {}, ["x", ["x"], [3], "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"]),
        ("consent", {"statement": "Yes"}, ["yes", 1, "true"]),
        ("heading", {}, ["x"]),
    ],
)
async def test_what_is_not_of_its_type_is_not_kept(make: Make, kind: str, more: Any, wrong: Any):
    coach, client = await pair(make)
    form = await published(coach, field("a", kind, **more), field("b"))
    response = await asked(coach, client, form)
    for answer in wrong:
        [(pointer, _)] = errors(await fill(client, response, a=answer, b="fine"))
        assert pointer == "/answers/a"
    assert errors(await fill(client, response, hat=1)) == [("/answers/hat", "unknown_field")]
    assert (await look(client, response)).json()["answers"] == {}


async def test_what_is_hidden_is_dropped_and_hides_in_turn(make: Make):
    coach, client = await pair(make)
    form = await published(
        coach,
        field("smokes", "single_choice", choices=choices(0, 5), required=True),
        field("many", "number", required=True, visible_if=when("smokes", "equals", "b")),
        field("since", required=True, visible_if=when("many", "more_than", 10)),
        field("more", visible_if={"not": when("many")}),
    )
    response = await asked(coach, client, form)
    shown = (await fill(client, response, smokes="b", many=20, since="1999")).json()
    assert shown["visible_field_ids"] == ["smokes", "many", "since"]
    back = (await fill(client, response, smokes="a")).json()
    assert back["visible_field_ids"] == ["smokes", "more"]
    assert back["answers"]["many"] == 20
    done = (await do(client, response, "submit")).json()
    assert (done["status"], done["answers"]) == ("submitted", {"smokes": "a"})
    submission = (await look(coach, response)).json()["submission"]
    told = {one["field"]["id"]: (one["visible"], one["answer"]) for one in submission["questions"]}
    assert told == {
        "smokes": (True, "a"),
        "many": (False, None),
        "since": (False, None),
        "more": (True, None),
    }


async def test_what_is_missing_or_wrong_is_told_all_at_once(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    form = await published(
        coach,
        field("name", required=True),
        field("code", pattern="^[A-Z]{3}$", min_length=3),
        field("mail", "email"),
        field("call", "phone"),
        field("age", "number", integer=True, min=18),
        field("born", "date", max="2020-01-01"),
        field("some", "multi_choice", choices=choices(1, 1, 1), min_choices=2),
        field("agree", "consent", statement="Yes", required=True),
    )
    response = await asked(coach, client, form)
    await post_office.deliver()
    wrong: dict[str, Any] = {"code": "abc", "mail": "ada", "call": "12", "age": 17.5}
    wrong |= {"born": "2024-01-01", "some": ["a"], "agree": False, "name": ""}
    await fill(client, response, **wrong)
    assert errors(await do(client, response, "submit")) == [
        ("/answers/name", "required"),
        ("/answers/code", "wrong_form"),
        ("/answers/mail", "wrong_email"),
        ("/answers/call", "wrong_phone"),
        ("/answers/age", "wrong_type"),
        ("/answers/born", "too_late"),
        ("/answers/some", "too_few"),
        ("/answers/agree", "consent_required"),
    ]
    assert await post_office.deliver() == []
    right: dict[str, Any] = {"name": "Ada", "code": "ABC", "mail": " ada@EXAMPLE.test "}
    right |= {"call": "+49 30 123456", "age": 18, "born": "2020-01-01", "some": ["a", "c"]}
    done = await handed_in(client, response, **right, agree=True)
    assert (done["answers"]["mail"], done["answers"]["call"]) == ("ada@example.test", "+4930123456")


async def test_submitting_twice_is_once_and_what_is_handed_in_stays(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("name")))
    await post_office.deliver()
    done = await handed_in(client, response, name="Ada")
    assert (await do(client, response, "submit")).json() == done
    assert readers(await post_office.deliver(), coach, client) == [coach]
    late = await fill(client, response, name="Bob")
    assert (late.status_code, late.json()["code"]) == (409, "form_response_state")
    assert len((await look(coach, response, "/revisions")).json()["revisions"]) == 1


async def test_clients_see_no_scores_but_the_result_if_they_may(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    bands = [
        {"label": "Low", "min": 0, "max": 4, "message": "All is well."},
        {"label": "High", "min": 5, "max": 9},
    ]
    for show in (True, False):
        form = await published(
            coach,
            field("a", "single_choice", choices=choices(0, 4)),
            field("b", "scale", min=0, max=5, scored=True),
            bands=bands,
            show_result=show,
        )
        response = await asked(coach, client, form)
        before = (await look(client, response)).json()
        assert [one["score"] for one in before["fields"][0]["choices"]] == [None, None]
        assert (before["fields"][1]["scored"], before["result"]) == (False, None)
        assert "Low" not in str(before)
        await post_office.deliver()
        done = await handed_in(client, response, a="b", b=0)
        result = {"score": 4, "band": "Low", "message": "All is well."}
        assert done["result"] == (result if show else None)
        kept = (await look(coach, response)).json()
        assert (kept["score"], kept["band"], kept["submission"]["score"]) == (4, "Low", 4)
        [letter] = await post_office.deliver()
        assert "Score: 4 (Low)" in words(letter)


async def test_files_are_the_clients_own_and_reach_the_coach_on_submitting(make: Make):
    coach, client = await pair(make)
    other = await make.client(workspace_id=coach.workspace_id)
    form = await published(coach, field("papers", "file", max_files=2))
    response = await asked(coach, client, form)
    mine = await uploaded(client, share="false")
    theirs, ours = [await uploaded(one) for one in (other, coach)]
    refused = await fill(client, response, papers=[mine["id"], theirs["id"]])
    assert errors(refused) == [("/answers/papers/1", "unknown_file")]
    shared = await coach.http.post(
        f"/v1/files/{ours['id']}/share", json={"contact_id": str(client.contact_id)}
    )
    assert shared.status_code == 200
    assert errors(await fill(client, response, papers=[ours["id"]]))
    content = f"/v1/files/{mine['id']}/content"
    await fill(client, response, papers=[mine["id"]])
    assert (await coach.http.get(content)).status_code == 404
    await do(client, response, "submit")
    assert (await coach.http.get(content)).status_code == 200
    assert (await other.http.get(f"/v1/portal/files/{mine['id']}/content")).status_code == 404
    [question] = (await look(coach, response)).json()["submission"]["questions"]
    assert (question["answer"], question["display"]) == ([mine["id"]], "plan.pdf")
    kept = await client.http.delete(f"/v1/portal/files/{mine['id']}")
    assert (kept.status_code, kept.json()["code"]) == (409, "file_in_use")


async def test_a_file_that_is_gone_by_then_is_told(make: Make):
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("papers", "file")))
    mine = await uploaded(client)
    await fill(client, response, papers=[mine["id"]])
    assert (await client.http.delete(f"/v1/portal/files/{mine['id']}")).status_code == 204
    gone = await do(client, response, "submit")
    assert errors(gone) == [("/answers/papers/0", "unknown_file")]


async def test_a_response_reads_the_same_after_five_edits(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"), field("why", "long_text"))
    response = await asked(coach, client, form)
    await handed_in(client, response, name="Ada", why="To speak up.\nAnd to rest.")
    views = [(coach, ""), (coach, "/revisions"), (client, ""), (client, "/revisions")]
    before = [(await look(person, response, below)).json() for person, below in views]
    for number in range(5):
        fields = [field("why", "long_text", label=f"Why {number}?"), field(f"new{number}")]
        edited = await edit(coach, form, title=f"Title {number}", fields=fields)
        assert edited.status_code == 200, edited.text
        assert (await act(coach, form, "publish")).json()["number"] == number + 2
    assert [(await look(person, response, below)).json() for person, below in views] == before


async def test_ten_submits_at_once_are_one(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("name")))
    await fill(client, response, name="Ada")
    answers = await asyncio.gather(*(do(client, response, "submit") for _ in range(10)))
    assert {one.status_code for one in answers} == {200}
    assert len((await look(coach, response, "/revisions")).json()["revisions"]) == 1
    events = (await coach.http.get("/v1/events", params={"type": "form.submitted"})).json()
    assert len(events["data"]) == 1


async def test_saving_against_submitting_has_one_outcome(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    for _ in range(10):
        response = (await send(coach, form, [client.contact_id])).json()["data"][0]["response"]
        tag = (await fill(client, response, name="Ada")).headers["ETag"]
        saved, done = await asyncio.gather(
            fill(client, response, tag, name="Bob"), do(client, response, "submit")
        )
        assert done.status_code == 200
        assert saved.status_code in {200, 409}
        [question] = (await look(coach, response)).json()["submission"]["questions"]
        assert question["answer"] == ("Bob" if saved.status_code == 200 else "Ada")


async def test_ten_tabs_save_once(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    response = await asked(coach, client, await published(coach, field("name")))
    tag = (await look(client, response)).headers["ETag"]
    answers = await asyncio.gather(
        *(fill(client, response, tag, name=f"Tab {number}") for number in range(10))
    )
    assert sorted(one.status_code for one in answers) == [200] + [412] * 9
