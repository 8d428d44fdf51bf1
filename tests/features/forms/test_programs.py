"""A program's forms: each new enrollment is asked once, and waits for them where it should."""

import asyncio
from typing import Any
from uuid import uuid4

from fastapi import FastAPI

from app.core.db import Database
from tests.features.forms.asking import (
    OWN,
    act,
    created,
    do,
    edit,
    errors,
    field,
    fill,
    pair,
    published,
    readers,
    send,
    words,
)
from tests.features.programs.enrolling import enroll, enrolled, events
from tests.features.programs.offers import program
from tests.make import Make, Person
from tests.post_office import PostOffice
from tests.repositories.watching import watch


async def accepted(client: Person, enrollment: dict[str, Any]) -> dict[str, Any]:
    url = f"/v1/portal/enrollments/{enrollment['id']}/accept"
    answer = await client.http.post(url)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def own(client: Person, **query: str) -> list[dict[str, Any]]:
    """What the client was asked, the earliest first."""
    listed = (await client.http.get(OWN, params=query)).json()["data"]
    return [dict(one) for one in reversed(listed)]


async def status(coach: Person, enrollment: dict[str, Any]) -> tuple[str, list[str]]:
    kept = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    return kept["status"], kept["outstanding_steps"]


async def test_an_enrollment_waits_for_its_forms(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    forms = [
        await published(coach, field("name"), title="Intake"),
        await published(coach, field("goal", required=True), title="Goals"),
    ]
    made = await program(coach, form_ids=[form["id"] for form in forms])
    assert made["form_ids"] == [form["id"] for form in forms]
    assert made["forms_required"]
    enrollment = await enrolled(coach, made, client.contact_id)
    assert await status(coach, enrollment) == ("invited", ["forms"])
    assert await own(client) == []
    await post_office.deliver()
    assert (await accepted(client, enrollment))["outstanding_steps"] == ["forms"]
    first, second = await own(client)
    assert [first["title"], second["title"]] == ["Intake", "Goals"]
    assert {one["enrollment_id"] for one in (first, second)} == {enrollment["id"]}
    mail = await post_office.deliver()
    [letter] = [one for one in mail if "Forms for" in str(one["subject"])]
    assert readers([letter], coach, client) == [client]
    assert "> Intake\n> Goals" in words(letter)
    await do(client, first, "submit")
    assert await status(coach, enrollment) == ("invited", ["forms"])
    assert (await do(client, second, "submit")).status_code == 422
    await fill(client, second, goal="Speak")
    await do(client, second, "submit")
    assert await status(coach, enrollment) == ("active", [])
    assert len(await events(make, coach, "enrollment.activated")) == 1


async def test_forms_that_nothing_waits_for_are_asked_all_the_same(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    made = await program(coach, form_ids=[form["id"]], forms_required=False)
    enrollment = await enrolled(coach, made, client.contact_id)
    await accepted(client, enrollment)
    assert await status(coach, enrollment) == ("active", ["forms"])
    [response] = await own(client)
    await do(client, response, "submit")
    assert await status(coach, enrollment) == ("active", [])


async def test_a_form_that_is_taken_back_is_waited_for_no_longer(make: Make):
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    enrollment = await enrolled(
        coach, await program(coach, form_ids=[form["id"]]), client.contact_id
    )
    await accepted(client, enrollment)
    [response] = await own(client)
    assert (await do(coach, response, "cancel")).status_code == 200
    assert await status(coach, enrollment) == ("active", [])


async def test_each_enrollment_gets_the_latest_version_and_keeps_it(make: Make):
    coach, ada = await pair(make)
    bob = await make.client(workspace_id=coach.workspace_id)
    form = await published(coach, field("name"))
    made = await program(coach, form_ids=[form["id"]], enrollment_mode="quick_start")
    await enroll(coach, made, ada.contact_id)
    await edit(coach, form, title="Intake, longer")
    await act(coach, form, "publish")
    await enroll(coach, made, bob.contact_id)
    titles = [[one["title"] for one in await own(client)] for client in (ada, bob)]
    assert titles == [["Intake"], ["Intake, longer"]]


async def test_only_published_forms_of_ones_own_come_along(make: Make):
    coach = await make.coach()
    draft = await created(coach, field("name"))
    foreign = await published(await make.coach(), field("name"))
    good = await published(coach, field("name"))
    ids = [good["id"], draft["id"], foreign["id"], str(uuid4())]
    body = {"name": "Voice", "form_ids": ids}
    answer = await coach.http.post("/v1/programs", json=body)
    assert errors(answer) == [(f"/form_ids/{n}", "unknown_form") for n in (1, 2, 3)]
    made = await program(coach, form_ids=[good["id"], good["id"]])
    assert made["form_ids"] == [good["id"]]
    for verb in ("archive", "delete"):
        url = f"/v1/forms/{good['id']}"
        asked = coach.http.delete(url) if verb == "delete" else coach.http.post(f"{url}/archive")
        refused = await asked
        assert (refused.status_code, refused.json()["code"]) == (409, "form_in_use")
        assert refused.json()["programs"] == [{"id": made["id"], "name": made["name"]}]
    copy = (await coach.http.post(f"/v1/programs/{made['id']}/duplicate")).json()
    assert copy["form_ids"] == [good["id"]]
    for one in (made, copy):
        left = await coach.http.patch(f"/v1/programs/{one['id']}", json={"form_ids": []})
        assert left.json()["form_ids"] == []
    assert (await act(coach, good, "archive")).status_code == 200


async def test_beginning_at_once_asks_once(racing_app: FastAPI):
    make = Make(racing_app)
    coach, client = await pair(make)
    form = await published(coach, field("name"))
    enrollment = await enrolled(
        coach, await program(coach, form_ids=[form["id"]]), client.contact_id
    )
    url = f"/v1/portal/enrollments/{enrollment['id']}/accept"
    await asyncio.gather(*(client.http.post(url) for _ in range(10)))
    onboarding = make.runtime.onboarding
    async with make.runtime.database.writing(coach.workspace_id) as session:
        await onboarding.begin(session, coach.workspace_id, [enrollment["id"]])
    [response] = await own(client)
    assert len(await events(make, coach, "form.sent")) == 1
    await asyncio.gather(*(do(client, response, "submit") for _ in range(5)))
    assert await status(coach, enrollment) == ("active", [])
    assert len(await events(make, coach, "enrollment.activated")) == 1


async def test_a_hundred_are_asked_with_no_more_statements_than_one(database: Database, make: Make):
    coach = await make.coach()
    ids = [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(100)]
    sent = []
    for some in (ids[:1], ids):
        form = await published(coach, field("name"))
        made = await program(coach, form_ids=[form["id"]], enrollment_mode="quick_start")
        with watch(database.engine) as seen:
            assert (await send(coach, form, some)).json()["sent"] == len(some)
            assert (await enroll(coach, made, *some)).json()["enrolled"] == len(some)
        sent.append(len(seen))
    assert sent[0] == sent[1]


async def test_a_cancelled_enrollment_asks_for_its_forms_no_longer(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    forms = [await published(coach, field("name"), title=title) for title in ("Intake", "Goals")]
    made = await program(coach, form_ids=[form["id"] for form in forms])
    enrollment = await enrolled(coach, made, client.contact_id)
    await accepted(client, enrollment)
    other = await published(coach, field("name"), title="Of its own")
    await send(coach, other, [client.contact_id])
    await do(client, (await own(client))[0], "submit")
    await post_office.deliver()

    await coach.http.post(f"/v1/enrollments/{enrollment['id']}/cancel")

    listed = (await coach.http.get("/v1/form-responses")).json()["data"]
    states = {one["title"]: one["status"] for one in listed}
    assert states == {"Intake": "submitted", "Goals": "cancelled", "Of its own": "draft"}
    assert [one["title"] for one in await events(make, coach, "form.cancelled")] == ["Goals"]
    assert ["cancelled" in str(one["subject"]) for one in await post_office.deliver()] == [True]
