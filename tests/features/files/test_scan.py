"""With a virus scanner nobody sees a file before it was found clean."""

from collections.abc import AsyncIterator

import pytest

from app.dispatcher.failures import Unavailable
from tests import file_samples as samples
from tests.clamd_server import ClamdServer
from tests.features.files.conftest import Resettle
from tests.features.files.uploads import (
    base,
    code,
    content_of,
    listed,
    new_version,
    objects,
    share,
    uploaded,
)
from tests.make import Make, Person
from tests.post_office import PostOffice


@pytest.fixture
async def clamd() -> AsyncIterator[ClamdServer]:
    async with ClamdServer() as server:
        yield server


@pytest.fixture
def dispatcher(clamd: ClamdServer, resettle: Resettle) -> PostOffice:
    return resettle(clamd_url=clamd.url)


async def test_a_clean_file_is_seen_and_told_of_after_its_scan(
    dispatcher: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, contact_id=client.contact_id)
    url = f"/v1/files/{file['id']}"

    assert file["state"] == "scanning"
    assert code(await coach.http.get(f"{url}/content")) == (409, "file_not_available")
    assert code(await coach.http.get(f"{url}/link")) == (409, "file_not_available")
    assert await listed(client) == []
    assert await listed(coach, state="scanning") == ["plan.pdf"]

    messages = await dispatcher.deliver()
    assert [str(message["to"]) for message in messages] == [f"Ada Lima <{client.email}>"]
    assert await listed(client) == ["plan.pdf"]
    assert await content_of(coach, file) == samples.PDF


async def test_an_infected_file_is_seen_by_nobody_and_goes(
    make: Make, dispatcher: PostOffice, coach: Person, client: Person
):
    before = objects(make)
    file = await uploaded(client, samples.EICAR, "notes.txt")
    assert await dispatcher.deliver() == []
    shown = (await client.http.get(f"/v1/portal/files/{file['id']}")).json()

    assert (shown["state"], shown["refusal"]) == ("infected", "Eicar-Signature")
    assert code(await client.http.get(f"/v1/portal/files/{file['id']}/content")) == (
        409,
        "file_not_available",
    )
    assert code(await share(client, file)) == (409, "file_not_available")
    assert await listed(coach) == []
    assert objects(make) == before
    assert (await coach.http.get("/v1/files/usage")).json()["used_bytes"] == 0


async def test_an_infected_version_leaves_the_one_before(dispatcher: PostOffice, coach: Person):
    file = await uploaded(coach, samples.TEXT, "notes.txt")
    await dispatcher.deliver()
    waiting = (await new_version(coach, file, samples.EICAR)).json()
    assert (waiting["state"], waiting["version_number"]) == ("available", 1)
    await dispatcher.deliver()
    versions = (await coach.http.get(f"/v1/files/{file['id']}/versions")).json()["data"]

    assert [version["state"] for version in versions] == ["infected", "available"]
    assert await content_of(coach, file) == samples.TEXT


async def test_what_the_scanner_refuses_is_rejected(
    clamd: ClamdServer, dispatcher: PostOffice, coach: Person
):
    clamd.largest = 10
    file = await uploaded(coach)
    await dispatcher.deliver()
    shown = (await coach.http.get(f"/v1/files/{file['id']}")).json()

    assert shown["state"] == "rejected"
    assert "size limit" in shown["refusal"]


async def test_while_the_scanner_is_away_files_wait(
    clamd: ClamdServer, dispatcher: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, contact_id=client.contact_id)
    clamd.says = b"ERROR"
    [ending] = [each for each in await dispatcher.engine.drain() if each.error]
    assert isinstance(ending.error, Unavailable)
    assert (await coach.http.get(f"/v1/files/{file['id']}")).json()["state"] == "scanning"

    clamd.says = None
    await dispatcher.deliver()
    assert (await coach.http.get(f"/v1/files/{file['id']}")).json()["state"] == "available"
    assert await listed(client) == ["plan.pdf"]


async def test_a_file_deleted_meanwhile_is_not_scanned_back(
    clamd: ClamdServer, dispatcher: PostOffice, coach: Person
):
    file = await uploaded(coach)
    await coach.http.delete(f"/v1/files/{file['id']}")
    await dispatcher.deliver()

    assert clamd.scanned == []
    assert await listed(coach) == []


async def test_where_settings_name_no_scanner_any_more_files_pass(
    dispatcher: PostOffice, resettle: Resettle, coach: Person
):
    file = await uploaded(coach)
    await resettle(clamd_url=None).deliver()

    assert dispatcher
    assert (await coach.http.get(f"{base(coach)}/{file['id']}")).json()["state"] == "available"
