"""Showing files to the other side: to a contact, to a program's clients, to the coach; and back."""

from typing import Any
from uuid import UUID

import pytest

from app.models import Enrollment, Program
from tests.features.files.uploads import code, content_of, listed, share, unshare, upload, uploaded
from tests.make import Make, Person


async def program(make: Make, coach: Person) -> Program:
    row = Program(workspace_id=coach.workspace_id, name="Voice", slug="voice", currency="EUR")
    async with make.runtime.database.writing(coach.workspace_id) as session:
        session.add(row)
        await session.flush()
    return row


async def enroll(make: Make, client: Person, program: Program, status: str = "active") -> None:
    ended = {"declined", "cancelled", "completed"}
    row = Enrollment(
        workspace_id=client.workspace_id,
        program_id=program.id,
        contact_id=client.contact_id,
        status=status,
        origin="quick_start",
        paused_at=program.created_at if status == "paused" else None,
        ended_at=program.created_at if status in ended else None,
    )
    async with make.runtime.database.writing(client.workspace_id) as session:
        session.add(row)


async def events(coach: Person, kind: str) -> list[dict[str, Any]]:
    answer = await coach.http.get("/v1/events", params={"type": kind})
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_a_coachs_file_is_private_until_it_is_shared(coach: Person, client: Person):
    file = await uploaded(coach)
    assert await listed(client) == []

    shown = await share(coach, file, contact_id=str(client.contact_id))
    assert shown.status_code == 200, shown.text
    assert shown.json()["shared"]
    assert await listed(client) == ["plan.pdf"]
    assert not (await client.http.get(f"/v1/portal/files/{file['id']}")).json()["can_edit"]

    hidden = await unshare(coach, file, contact_id=str(client.contact_id))
    assert not hidden.json()["shared"]
    assert await listed(client) == []
    assert (await client.http.get(f"/v1/portal/files/{file['id']}/content")).status_code == 404


async def test_a_file_can_be_shared_as_it_is_uploaded(coach: Person, client: Person):
    file = await uploaded(coach, contact_id=client.contact_id)

    assert file["shared"]
    assert await content_of(client, file) == await content_of(coach, file)


async def test_a_clients_file_is_the_coachs_to_see_unless_it_is_private(
    coach: Person, client: Person
):
    private = await uploaded(client, name="diary.pdf", share=False)
    await uploaded(client, name="answers.pdf")

    assert await listed(coach) == ["answers.pdf"]
    assert (await coach.http.get(f"/v1/files/{private['id']}")).status_code == 404
    assert (await share(client, private)).json()["shared"]
    assert await listed(coach) == ["answers.pdf", "diary.pdf"]
    assert not (await unshare(client, private)).json()["shared"]
    assert await listed(coach) == ["answers.pdf"]


async def test_what_a_client_keeps_private_leaves_no_trace(coach: Person, client: Person):
    private = await uploaded(client, name="diary.pdf", share=False)
    await client.http.patch(f"/v1/portal/files/{private['id']}", json={"name": "dreams"})
    await client.http.delete(f"/v1/portal/files/{private['id']}")
    log = (await coach.http.get("/v1/events?limit=100")).json()["data"]

    assert [event["type"] for event in log if event["type"].startswith("file.")] == []


@pytest.mark.parametrize(
    ("status", "sees"),
    [
        ("active", True),
        ("paused", True),
        ("completed", True),
        ("invited", False),
        ("declined", False),
        ("cancelled", False),
    ],
)
async def test_a_programs_clients_see_what_it_shows(
    make: Make, coach: Person, client: Person, status: str, *, sees: bool
):
    voice = await program(make, coach)
    await enroll(make, client, voice, status)
    file = await uploaded(coach)
    shown = await share(coach, file, program_id=str(voice.id))

    assert shown.status_code == 200, shown.text
    assert await listed(client) == (["plan.pdf"] if sees else [])
    assert [event["contact_id"] for event in await events(coach, "file.shared")] == (
        [str(client.contact_id)] if sees else []
    )


async def test_whoever_joins_a_program_later_sees_its_files(
    make: Make, coach: Person, client: Person
):
    voice = await program(make, coach)
    await uploaded(coach, program_id=voice.id)
    assert await listed(client) == []

    await enroll(make, client, voice)
    assert await listed(client) == ["plan.pdf"]
    assert await listed(coach, program_id=voice.id) == ["plan.pdf"]


async def test_sharing_twice_is_told_once(coach: Person, client: Person):
    file = await uploaded(coach, contact_id=client.contact_id)
    again = await share(coach, file, contact_id=str(client.contact_id))

    assert again.status_code == 200
    assert len(await events(coach, "file.shared")) == 1


async def test_whoever_is_shown_a_file_twice_is_told_once(
    make: Make, coach: Person, client: Person
):
    voice = await program(make, coach)
    await enroll(make, client, voice)
    await enroll(make, await make.client(workspace_id=coach.workspace_id), voice)
    await uploaded(coach, contact_id=client.contact_id, program_id=voice.id)
    told = [event["contact_id"] for event in await events(coach, "file.shared")]

    assert len(told) == 2
    assert told.count(str(client.contact_id)) == 1


async def test_taking_back_what_was_not_shared_changes_nothing(coach: Person, client: Person):
    file = await uploaded(coach)
    answer = await unshare(coach, file, contact_id=str(client.contact_id))

    assert answer.status_code == 200
    assert await events(coach, "file.unshared") == []


async def test_nobody_shares_with_strangers(make: Make, coach: Person):
    elsewhere = await make.coach()
    stranger = await make.contact(workspace_id=elsewhere.workspace_id)
    theirs = await program(make, elsewhere)
    file = await uploaded(coach)

    refused = await share(coach, file, contact_id=str(stranger.id))
    assert code(refused) == (422, "unknown_contact")
    assert refused.json()["errors"][0]["in"] == "body"
    refused = await share(coach, file, program_id=str(theirs.id))
    assert code(refused) == (422, "unknown_program")
    refused = await upload(coach, contact_id=stranger.id)
    assert refused.json()["errors"][0]["in"] == "query"


@pytest.mark.parametrize(
    "body", [{}, {"contact_id": str(UUID(int=1)), "program_id": str(UUID(int=2))}]
)
async def test_a_share_names_one(coach: Person, body: dict[str, str]):
    file = await uploaded(coach)

    assert (await share(coach, file, **body)).status_code == 422


async def test_only_its_own_side_shares_a_file(coach: Person, client: Person):
    theirs = await uploaded(client)
    shown = await uploaded(coach, contact_id=client.contact_id)

    refused = await unshare(coach, theirs, contact_id=str(client.contact_id))
    assert code(refused) == (403, "not_your_file")
    assert code(await unshare(client, shown)) == (403, "not_your_file")
    assert code(await share(client, shown)) == (403, "not_your_file")


async def test_whom_a_file_is_shown_to_comes_page_by_page(
    make: Make, coach: Person, client: Person
):
    voice = await program(make, coach)
    file = await uploaded(coach, contact_id=client.contact_id, program_id=voice.id)
    url = f"/v1/files/{file['id']}/shares"
    first = (await coach.http.get(url, params={"limit": 1})).json()
    rest = (await coach.http.get(url, params={"cursor": first["next_cursor"]})).json()

    assert {share["name"] for share in first["data"] + rest["data"]} == {"Ada Lima", "Voice"}
