"""Comments on files: a thread with each contact who sees the file, and none across them."""

from typing import Any

import httpx

from tests.features.comments.speaking import delivered_later
from tests.features.files.uploads import base, code, share, unshare, uploaded
from tests.features.notes.writing import pair
from tests.make import Make, Person
from tests.post_office import PostOffice


async def say(person: Person, file: dict[str, Any], body: str, **to: Any) -> httpx.Response:
    return await person.http.post(
        f"{base(person)}/{file['id']}/comments", json={"body": body, **to}
    )


async def heard(person: Person, file: dict[str, Any], **query: Any) -> list[str]:
    answer = await person.http.get(f"{base(person)}/{file['id']}/comments", params=query)
    assert answer.status_code == 200, answer.text
    return [comment["body"] for comment in answer.json()["data"]]


async def test_both_sides_talk_about_what_is_shared(make: Make, post_office: PostOffice):
    people = await pair(make)
    file = await uploaded(people.coach, name="Plan.pdf", contact_id=people.client.contact_id)
    await post_office.deliver()
    assert (await say(people.coach, file, "Page two, please.")).status_code == 201
    assert (await say(people.client, file, "Done.")).status_code == 201

    for person in (people.coach, people.client):
        assert await heard(person, file) == ["Page two, please.", "Done."]
    messages = await delivered_later(post_office)
    told = {str(message["to"]).partition("<")[2].rstrip(">") for message in messages}
    assert told == {people.coach.email, people.client.email}


async def test_a_clients_file_needs_no_name(make: Make):
    people = await pair(make)
    file = await uploaded(people.client)

    assert (await say(people.coach, file, "Thank you!")).status_code == 201
    assert await heard(people.client, file) == ["Thank you!"]


async def test_each_contact_has_a_thread_of_their_own(make: Make):
    people = await pair(make)
    other = await make.client(workspace_id=people.coach.workspace_id)
    file = await uploaded(people.coach, contact_id=people.client.contact_id)
    await share(people.coach, file, contact_id=str(other.contact_id))
    first, second = str(people.client.contact_id), str(other.contact_id)

    assert code(await say(people.coach, file, "To whom?")) == (422, "contact_required")
    await say(people.coach, file, "To you.", contact_id=first)
    await say(other, file, "A secret.")
    assert await heard(people.client, file) == ["To you."]
    assert await heard(other, file) == ["A secret."]
    assert await heard(people.coach, file, contact_id=first) == ["To you."]
    assert await heard(people.coach, file, contact_id=second) == ["A secret."]


async def test_nobody_else_hears_anything(make: Make):
    people = await pair(make)
    other = await make.client(workspace_id=people.coach.workspace_id)
    file = await uploaded(people.coach, contact_id=people.client.contact_id)
    private = await uploaded(people.client, share=False)

    assert (await say(other, file, "Hm.")).status_code == 404
    assert (await say(people.coach, private, "Hm.")).status_code == 404
    assert (await other.http.get(f"{base(other)}/{file['id']}/comments")).status_code == 404


async def test_a_thread_with_a_stranger_is_refused(make: Make):
    people, strangers = await pair(make), await pair(make)
    file = await uploaded(people.coach)

    stranger = str(strangers.client.contact_id)
    answer = await say(people.coach, file, "Hm.", contact_id=stranger)
    assert code(answer) == (422, "unknown_contact")


async def test_what_was_said_stays_with_its_side_once_the_file_is_taken_back(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    named = {"contact_id": str(people.client.contact_id)}
    file = await uploaded(people.coach, **named)
    await post_office.deliver()
    await say(people.coach, file, "Before.")
    await unshare(people.coach, file, **named)
    await say(people.coach, file, "Among us.", **named)

    assert await delivered_later(post_office) == []
    assert await heard(people.coach, file, **named) == ["Before.", "Among us."]
    await share(people.coach, file, **named)
    assert await heard(people.client, file) == ["Before."]


async def test_a_deleted_file_takes_its_comments_along(make: Make):
    people = await pair(make)
    file = await uploaded(people.coach, contact_id=people.client.contact_id)
    said = (await say(people.client, file, "Hm.")).json()
    await people.coach.http.delete(f"/v1/files/{file['id']}")

    changed = await people.client.http.patch(
        f"/v1/portal/comments/{said['id']}", json={"body": "Mh."}
    )
    assert changed.status_code == 404
