"""Everybody who knows its address sees a picture."""

import httpx
import pytest

from app.core.ids import new_id
from tests.features.images.uploads import path_of, uploaded
from tests.make import Make
from tests.pictures import png


async def test_nobody_needs_to_sign_in(make: Make, http: httpx.AsyncClient) -> None:
    image = await uploaded(await make.coach(), png(3, 3))

    answer = await http.get(path_of(image))

    assert answer.status_code == 200
    assert answer.content == png(3, 3)
    assert answer.headers["Content-Type"] == "image/png"


async def test_it_is_kept_by_caches_and_can_do_no_harm(make: Make, http: httpx.AsyncClient) -> None:
    image = await uploaded(await make.coach())

    headers = (await http.get(path_of(image))).headers

    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


async def test_who_has_it_already_gets_no_bytes(make: Make, http: httpx.AsyncClient) -> None:
    image = await uploaded(await make.coach())
    tag = (await http.get(path_of(image))).headers["ETag"]

    again = await http.get(path_of(image), headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "public, max-age=31536000, immutable"


async def test_head_tells_its_size(make: Make, http: httpx.AsyncClient) -> None:
    image = await uploaded(await make.coach())

    answer = await http.head(path_of(image))

    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(png()))


async def test_a_picture_is_at_its_own_practices_address_only(
    make: Make, http: httpx.AsyncClient
) -> None:
    image = await uploaded(await make.coach())
    other = await make.coach()

    assert (
        await http.get(f"/v1/public/images/{other.workspace_id}/{image['id']}")
    ).status_code == 404


@pytest.mark.parametrize("path", ["{id}/{id}", "x/{id}", "{id}/x", "{id}"])
async def test_there_is_nothing_at_made_up_addresses(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(f"/v1/public/images/{path.format(id=new_id())}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
