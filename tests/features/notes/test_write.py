"""Writing notes, on either side."""

from uuid import uuid4

import pytest

from tests.features.notes.writing import listed, pair, read, write, write_by
from tests.make import Make


async def test_a_coachs_note_says_who_wrote_it_about_whom(make: Make):
    people = await pair(make)
    note = await write(people.coach, people.client.contact_id)
    me = (await people.coach.http.get("/v1/me")).json()
    assert note["contact_id"] == str(people.client.contact_id)
    assert note["author"] == {
        "side": "member",
        "member_id": str(people.coach.member_id),
        "name": me["name"],
    }
    assert (note["shared_at"], note["seen_at"], note["comment_count"]) == (None, None, 0)
    assert note["can_edit"]
    assert (await read(people.coach, note)).json() == note


async def test_a_clients_note_is_about_themselves(make: Make):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    note = await write(people.client)
    assert note["contact_id"] == str(people.client.contact_id)
    assert note["author"] == {"side": "client", "member_id": None, "name": "Ada Lovelace"}
    assert (await read(people.client, note)).json() == note


async def test_it_tells_where_it_is_and_which_version(make: Make):
    people = await pair(make)
    body = {"title": "Tuesday", "contact_id": str(people.client.contact_id)}
    made = await people.coach.http.post("/v1/notes", json=body)
    again = await people.coach.http.get(made.headers["Location"])
    assert again.json() == made.json()
    assert again.headers["ETag"] == made.headers["ETag"]
    known = {"If-None-Match": made.headers["ETag"]}
    unchanged = await people.coach.http.get(made.headers["Location"], headers=known)
    assert unchanged.status_code == 304


async def test_the_body_is_kept_as_written_and_shown_as_html(make: Make):
    people = await pair(make)
    text = "# Plan\n\n- *one*\n- **two**\n\n[more](https://example.test/a)"
    note = await write(people.client, body=text)
    assert note["body"] == text
    assert note["body_html"] == (
        "<h1>Plan</h1>\n<ul>\n<li><em>one</em></li>\n<li><strong>two</strong></li>\n</ul>\n"
        '<p><a href="https://example.test/a" rel="noopener noreferrer nofollow">more</a></p>'
    )


async def test_a_title_will_do(make: Make):
    people = await pair(make)
    body = {"title": "Only this"}
    note = (await people.client.http.post("/v1/portal/notes", json=body)).json()
    assert (note["body"], note["body_html"]) == ("", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "two\nlines"},
        {"title": "x" * 201},
        {"title": None},
        {"body": "x" * 20_001},
        {"body": "bell \x07"},
        {"share": "yes"},
        {"seen_at": "2026-01-01T00:00:00Z"},
    ],
)
async def test_what_can_not_be_kept_is_refused(make: Make, wrong: dict[str, object]):
    people = await pair(make)
    for author in (people.coach, people.client):
        body = {"title": "Tuesday", "body": "Larks.", **wrong}
        if author is people.coach:
            body["contact_id"] = str(people.client.contact_id)
        path = "/v1/notes" if author is people.coach else "/v1/portal/notes"
        assert (await author.http.post(path, json=body)).status_code == 422
        assert await listed(author) == []


async def test_a_note_is_about_a_contact_of_the_practice(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    elsewhere = await make.contact(workspace_id=stranger.workspace_id)
    for contact_id in (elsewhere.id, uuid4()):
        body = {"title": "Tuesday", "contact_id": str(contact_id)}
        answer = await coach.http.post("/v1/notes", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown_contact")


async def test_a_client_can_not_write_about_another(make: Make):
    people = await pair(make)
    other = await make.contact(workspace_id=people.coach.workspace_id)
    body = {"title": "Tuesday", "contact_id": str(other.id)}
    assert (await people.client.http.post("/v1/portal/notes", json=body)).status_code == 422


async def test_a_request_that_is_repeated_writes_one_note(make: Make):
    people = await pair(make)
    key, body = {"Idempotency-Key": uuid4().hex}, {"title": "Once"}
    answers = [
        await people.client.http.post("/v1/portal/notes", json=body, headers=key) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert await listed(people.client) == ["Once"]


async def test_a_member_who_left_is_still_named(make: Make):
    people = await pair(make)
    helper = await make.coach(role="coach", workspace_id=people.coach.workspace_id)
    note = await write(helper, people.client.contact_id, share=True)
    await people.coach.http.delete(f"/v1/members/{helper.member_id}")
    for reader in (people.coach, people.client):
        assert (await read(reader, note)).json()["author"]["name"] == note["author"]["name"]


async def test_whoever_wrote_it_goes_by_the_name_they_show(make: Make):
    people = await pair(make)
    await people.coach.http.patch("/v1/profile", json={"display_name": "Coach Maya"})
    note = await write_by(people.coach, people, share=True)
    assert (await read(people.client, note)).json()["author"]["name"] == "Coach Maya"
