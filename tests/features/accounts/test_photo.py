import httpx
import pytest

from tests.features.accounts.people import code_of, registration
from tests.pictures import jpeg, png, webp_lossy

PNG, JPEG, WEBP = png(), jpeg(), webp_lossy()
MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("content", "media_type"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")]
)
async def test_a_picture_is_kept_and_given_back(
    maya_http: httpx.AsyncClient, content: bytes, media_type: str
):
    put = await maya_http.put("/v1/me/photo", content=content)

    assert put.status_code == 204
    answer = await maya_http.get("/v1/me/photo")
    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    me = (await maya_http.get("/v1/me")).json()
    assert answer.headers["etag"] == f'"{me["photo_etag"]}"'


async def test_an_unchanged_picture_is_not_sent_again(maya_http: httpx.AsyncClient):
    await maya_http.put("/v1/me/photo", content=PNG)
    tag = (await maya_http.get("/v1/me/photo")).headers["etag"]

    same = await maya_http.get("/v1/me/photo", headers={"If-None-Match": tag})
    await maya_http.put("/v1/me/photo", content=JPEG)
    other = await maya_http.get("/v1/me/photo", headers={"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert (other.status_code, other.content) == (200, JPEG)


async def test_a_removed_picture_is_gone(maya_http: httpx.AsyncClient):
    await maya_http.put("/v1/me/photo", content=PNG)

    for _ in range(2):
        assert (await maya_http.delete("/v1/me/photo")).status_code == 204

    assert code_of(await maya_http.get("/v1/me/photo")) == "not_found"
    assert (await maya_http.get("/v1/me")).json()["photo_etag"] is None


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 50, PNG[:-4]]
)
async def test_what_is_no_picture_is_refused_whatever_it_is_called(
    maya_http: httpx.AsyncClient, content: bytes
):
    headers = {"Content-Type": "image/png"}

    answer = await maya_http.put("/v1/me/photo", content=content, headers=headers)

    assert answer.status_code == 415
    assert code_of(answer) == "unsupported_picture"
    assert (await maya_http.get("/v1/me")).json()["photo_etag"] is None


async def test_a_mebibyte_is_the_most(maya_http: httpx.AsyncClient):
    largest = JPEG[:-2] + b"\0" * (MEBIBYTE - len(JPEG)) + JPEG[-2:]
    assert (await maya_http.put("/v1/me/photo", content=largest)).status_code == 204

    answer = await maya_http.put("/v1/me/photo", content=largest[:-2] + b"\0" + JPEG[-2:])

    assert answer.status_code == 413
    assert (await maya_http.get("/v1/me/photo")).content == largest


async def test_a_picture_is_its_owners(http: httpx.AsyncClient, maya_http: httpx.AsyncClient):
    await maya_http.put("/v1/me/photo", content=PNG)
    nora = await http.post("/v1/auth/register", json=registration(email="nora@example.test"))

    headers = {"Authorization": f"Bearer {nora.json()['access_token']}"}
    answer = await http.get("/v1/me/photo", headers=headers)

    assert answer.status_code == 404
