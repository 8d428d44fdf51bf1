"""A coach keeps texts that contracts are made from."""

import pytest

from tests.features.contract_templates.texts import AGREEMENT, NOTICE, URL, problems, template
from tests.make import Make


async def test_a_template_tells_what_it_asks_to_be_filled_in(make: Make):
    made = await template(await make.coach())

    assert [(one["name"], one["source"]) for one in made["uses"]] == [
        ("workspace.name", "workspace"),
        ("contact.name", "contact"),
        ("custom.notice_period", "custom"),
    ]
    assert [(mark["kind"], mark["who"]) for mark in made["marks"]] == [
        ("signature", "client"),
        ("date", "client"),
    ]
    assert made["variables"] == [NOTICE]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{contact.shoe_size}}", "unknown_variable"),
        ("{{custom.other}}", "unknown_variable"),
        ("{{contact.name}", "variable_ill_formed"),
        ("{{ 1 + 1 }}", "variable_ill_formed"),
        ("[pay](https://x.test/{{program.name}})", "variable_ill_formed"),
        ("{{signature:landlord}}", "unknown_signer"),
        ("{{date:client}} " * 101, None),
        (" ".join(f"{{{{text:client:Line {n}}}}}" for n in range(101)), "too_many_marks"),
    ],
)
async def test_a_text_that_cannot_be_filled_in_is_refused(make: Make, body: str, code: str | None):
    coach = await make.coach()
    response = await coach.http.post(URL, json={"name": "A", "body": body})
    if code is None:
        assert response.status_code == 201
    else:
        assert problems(response) == [("/body", code)]
        assert (await coach.http.get(URL)).json()["data"] == []


async def test_a_change_is_checked_as_a_whole(make: Make):
    coach = await make.coach()
    made = await template(coach)
    url, seen = f"{URL}/{made['id']}", {"If-Match": f'"v{made["version"]}"'}

    undeclared = await coach.http.patch(url, json={"variables": []}, headers=seen)
    renamed = await coach.http.patch(url, json={"name": "Terms"}, headers=seen)

    assert problems(undeclared) == [("/body", "unknown_variable")]
    assert renamed.json()["name"] == "Terms"
    assert renamed.json()["body"] == AGREEMENT.strip()
    assert renamed.headers["ETag"] == '"v2"'


async def test_two_who_edit_one_text_do_not_overwrite_each_other(make: Make):
    coach = await make.coach()
    made = await template(coach)
    url, seen = f"{URL}/{made['id']}", {"If-Match": '"v1"'}

    first = await coach.http.patch(url, json={"name": "Mine"}, headers=seen)
    second = await coach.http.patch(url, json={"name": "Theirs"}, headers=seen)
    blind = await coach.http.patch(url, json={"name": "Theirs"})

    assert first.status_code == 200
    assert (second.status_code, second.json()["code"]) == (412, "version_mismatch")
    assert (blind.status_code, blind.json()["code"]) == (428, "version_required")


async def test_a_template_put_aside_is_not_listed(make: Make):
    coach = await make.coach()
    old, new = await template(coach, name="Old"), await template(coach, name="New")

    archived = await coach.http.post(f"{URL}/{old['id']}/archive")
    shown = (await coach.http.get(URL)).json()["data"]
    aside = (await coach.http.get(URL, params={"archived": "true"})).json()["data"]
    back = await coach.http.post(f"{URL}/{old['id']}/unarchive")

    assert archived.json()["archived_at"]
    assert [one["id"] for one in shown] == [new["id"]]
    assert [one["id"] for one in aside] == [old["id"]]
    assert back.json()["archived_at"] is None


async def test_pages_are_newest_first(make: Make):
    coach = await make.coach()
    made = [(await template(coach, name=f"No {n}"))["id"] for n in range(3)]

    first = (await coach.http.get(URL, params={"limit": 2})).json()
    rest = await coach.http.get(URL, params={"limit": 2, "cursor": first["next_cursor"]})

    assert [one["id"] for one in first["data"] + rest.json()["data"]] == made[::-1]


async def test_a_template_nobody_uses_can_be_removed(make: Make):
    coach = await make.coach()
    url = f"{URL}/{(await template(coach))['id']}"

    assert (await coach.http.delete(url)).status_code == 204
    assert (await coach.http.get(url)).status_code == 404


async def test_all_variables_say_where_they_come_from(make: Make):
    coach = await make.coach()
    found = (await coach.http.get(f"{URL}/variables")).json()["variables"]

    assert {one["source"] for one in found} == {
        "contact",
        "coach",
        "workspace",
        "program",
        "document",
    }
    assert all(one["name"].startswith(one["source"] + ".") for one in found)


@pytest.mark.parametrize(
    "variables",
    [
        [NOTICE, NOTICE],
        [{**NOTICE, "name": "contact.name"}],
        [{**NOTICE, "name": "custom.Notice"}],
        [{**NOTICE, "name": "custom.a.b"}],
    ],
)
async def test_own_variables_have_names_of_their_own(make: Make, variables: list[dict[str, str]]):
    coach = await make.coach()
    response = await coach.http.post(
        URL, json={"name": "A", "body": "Hello", "variables": variables}
    )
    assert response.status_code == 422
