"""Signed links: they work without signing in, for a while, and only while their maker may look."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine

from tests import file_samples as samples
from tests.features.files.uploads import base, code, new_version, unshare, uploaded
from tests.make import Person
from tests.post_office import PostOffice


async def link(person: Person, file: dict[str, Any], **query: Any) -> str:
    answer = await person.http.get(f"{base(person)}/{file['id']}/link", params=query)
    assert answer.status_code == 200, answer.text
    return httpx.URL(answer.json()["url"]).path


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_a_link_opens_without_signing_in(
    http: httpx.AsyncClient, coach: Person, client: Person, side: str
):
    author = {"coach": coach, "client": client}[side]
    path = await link(author, await uploaded(author))
    answer = await http.get(path, headers={"Range": "bytes=0-7"})

    assert (answer.status_code, answer.content) == (206, samples.PDF[:8])
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")


async def test_a_link_stays_with_its_version(http: httpx.AsyncClient, coach: Person):
    file = await uploaded(coach)
    first = await link(coach, file)
    await new_version(coach, file, samples.PDF + b"second")
    older, newer = await link(coach, file, version=1), await link(coach, file)

    assert (await http.get(first)).content == samples.PDF
    assert (await http.get(older)).content == samples.PDF
    assert (await http.get(newer)).content == samples.PDF + b"second"


async def test_a_link_expires(http: httpx.AsyncClient, coach: Person):
    file = await uploaded(coach)
    made = (await coach.http.get(f"/v1/files/{file['id']}/link?expires_in=60")).json()
    path, expires_at = httpx.URL(made["url"]).path, datetime.fromisoformat(made["expires_at"])

    with time_machine.travel(expires_at - timedelta(seconds=1), tick=False):
        assert (await http.get(path)).status_code == 200
    with time_machine.travel(expires_at, tick=False):
        assert code(await http.get(path)) == (410, "link_expired")


async def test_a_forged_link_does_not_exist(http: httpx.AsyncClient, coach: Person):
    path = await link(coach, await uploaded(coach))
    for position in range(len("/v1/public/files/"), len(path)):
        other = "A" if path[position] != "A" else "B"
        forged = path[:position] + other + path[position + 1 :]
        assert (await http.get(forged)).status_code == 404, position


@pytest.mark.parametrize("token", ["x", "AAAA", "%00", "ä", "A" * 301, "=" * 8])
async def test_what_is_no_link_is_refused(http: httpx.AsyncClient, token: str):
    answer = await http.get(f"/v1/public/files/{token}")

    assert answer.status_code in {400, 404, 422}


async def test_a_link_dies_with_the_sharing(http: httpx.AsyncClient, coach: Person, client: Person):
    file = await uploaded(coach, contact_id=client.contact_id)
    path, own = await link(client, file), await link(coach, file)
    await unshare(coach, file, contact_id=str(client.contact_id))

    assert (await http.get(path)).status_code == 404
    assert (await http.get(own)).status_code == 200


async def test_a_link_dies_with_the_access(http: httpx.AsyncClient, coach: Person, client: Person):
    path = await link(client, await uploaded(client))
    shut = await coach.http.put(
        f"/v1/contacts/{client.contact_id}/portal-access", json={"enabled": False}
    )

    assert shut.status_code == 200
    assert (await http.get(path)).status_code == 404


async def test_a_link_dies_with_the_file(http: httpx.AsyncClient, coach: Person):
    file = await uploaded(coach)
    path = await link(coach, file)
    await coach.http.delete(f"/v1/files/{file['id']}")

    assert (await http.get(path)).status_code == 404


@pytest.mark.parametrize("seconds", [0, 9, 3601, "x"])
async def test_links_are_short_lived(coach: Person, seconds: object):
    file = await uploaded(coach)
    answer = await coach.http.get(
        f"/v1/files/{file['id']}/link", params={"expires_in": str(seconds)}
    )

    assert answer.status_code == 422


async def test_pictures_get_thumbnails_with_links_of_their_own(
    http: httpx.AsyncClient, post_office: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, samples.photo(900, 600), "photo.jpg", contact_id=client.contact_id)
    assert file["thumbnail_url"] is None
    assert (await coach.http.get(f"/v1/files/{file['id']}/thumbnail")).status_code == 404

    await post_office.deliver()
    for person in (coach, client):
        shown = (await person.http.get(f"{base(person)}/{file['id']}")).json()
        small = await http.get(httpx.URL(shown["thumbnail_url"]).path)
        same = await person.http.get(f"{base(person)}/{file['id']}/thumbnail")
        again = await person.http.get(
            f"{base(person)}/{file['id']}/thumbnail",
            headers={"If-None-Match": same.headers["ETag"]},
        )
        assert small.headers["Content-Type"] == "image/webp"
        assert small.content == same.content
        assert again.status_code == 304


async def test_a_picture_that_can_not_be_decoded_has_no_thumbnail(
    post_office: PostOffice, coach: Person
):
    cut = samples.photo(900, 600)[:-2000]
    file = await uploaded(coach, cut, "photo.jpg")
    await post_office.deliver()

    assert (await coach.http.get(f"/v1/files/{file['id']}")).json()["thumbnail_url"] is None
