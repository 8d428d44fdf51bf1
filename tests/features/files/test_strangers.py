"""Every way to a file is closed to those it is not for: by id, by parent, by link."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.models import File, FileVersion
from tests import file_samples as samples
from tests.features.files.uploads import listed, uploaded
from tests.make import Make, Person

WAYS = [
    ("GET", "", None),
    ("PATCH", "", {"name": "mine"}),
    ("DELETE", "", None),
    ("GET", "/content", None),
    ("HEAD", "/content", None),
    ("GET", "/content?version=1", None),
    ("GET", "/thumbnail", None),
    ("GET", "/link", None),
    ("GET", "/versions", None),
    ("POST", "/versions?name=a.pdf", samples.PDF),
    ("POST", "/share", {}),
    ("POST", "/unshare", {}),
]


async def ask(person: Person, url: str, method: str, way: str, body: Any) -> httpx.Response:
    if isinstance(body, bytes):
        return await person.http.request(method, url + way, content=body)
    return await person.http.request(method, url + way, json=body)


@pytest.mark.parametrize(("method", "way", "body"), WAYS)
async def test_another_client_of_the_practice_finds_nothing(
    make: Make, coach: Person, client: Person, method: str, way: str, body: Any
):
    other = await make.client(workspace_id=coach.workspace_id)
    for file in (
        await uploaded(coach),
        await uploaded(coach, contact_id=client.contact_id),
        await uploaded(client),
        await uploaded(client, share=False),
    ):
        answer = await ask(other, f"/v1/portal/files/{file['id']}", method, way, body)
        assert answer.status_code == 404, (file["shared"], answer.text)
    assert await listed(other) == []


@pytest.mark.parametrize(("method", "way", "body"), WAYS)
async def test_the_coach_finds_nothing_of_a_clients_private_file(
    coach: Person, client: Person, method: str, way: str, body: Any
):
    file = await uploaded(client, share=False)
    target = {"contact_id": str(client.contact_id)} if body == {} else body
    answer = await ask(coach, f"/v1/files/{file['id']}", method, way, target)

    assert answer.status_code == 404, answer.text


@pytest.mark.parametrize(("method", "way", "body"), WAYS)
async def test_a_client_finds_nothing_of_a_coachs_private_file(
    coach: Person, client: Person, method: str, way: str, body: Any
):
    file = await uploaded(coach)
    answer = await ask(client, f"/v1/portal/files/{file['id']}", method, way, body)

    assert answer.status_code == 404, answer.text


async def test_another_practice_finds_nothing(make: Make, coach: Person, client: Person):
    stranger = await make.coach()
    guest = await make.client(workspace_id=stranger.workspace_id)
    for file in (await uploaded(coach, contact_id=client.contact_id), await uploaded(client)):
        for method, way, body in WAYS:
            named = {"contact_id": str(uuid4())} if body == {} else body
            team = await ask(stranger, f"/v1/files/{file['id']}", method, way, named)
            portal = await ask(guest, f"/v1/portal/files/{file['id']}", method, way, body)
            assert (team.status_code, portal.status_code) == (404, 404), (method, way)


@pytest.mark.parametrize("file_id", ["x", "0", str(UUID(int=0)), "%00"])
async def test_what_is_no_file_does_not_exist(coach: Person, file_id: str):
    answer = await coach.http.get(f"/v1/files/{file_id}/content")

    assert answer.status_code in {400, 404}


async def test_a_file_that_is_arriving_is_seen_by_nobody(make: Make, coach: Person):
    async with make.runtime.database.writing(coach.workspace_id) as session:
        file = File(workspace_id=coach.workspace_id, side="member", name="begun.pdf")
        session.add(file)
        await session.flush()
        session.add(
            FileVersion(workspace_id=coach.workspace_id, file_id=file.id, storage_key="x/begun")
        )

    assert await listed(coach) == []
    assert (await coach.http.get(f"/v1/files/{file.id}")).status_code == 404
