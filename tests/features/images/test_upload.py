"""A coach uploads a picture."""

import pytest

from tests.features.images.uploads import path_of, upload, uploaded
from tests.make import Make
from tests.pictures import jpeg, png, webp_extended, webp_lossless, webp_lossy


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (png(640, 480), "image/png"),
        (jpeg(640, 480), "image/jpeg"),
        (webp_lossy(640, 480), "image/webp"),
        (webp_lossless(640, 480), "image/webp"),
        (webp_extended(640, 480), "image/webp"),
    ],
    ids=["png", "jpeg", "webp lossy", "webp lossless", "webp extended"],
)
async def test_a_picture_is_known_by_its_bytes(
    make: Make, content: bytes, content_type: str
) -> None:
    coach = await make.coach()

    answer = await upload(coach, content, **{"Content-Type": "application/octet-stream"})

    assert answer.status_code == 201, answer.text
    image = answer.json()
    assert (image["content_type"], image["width"], image["height"]) == (content_type, 640, 480)
    assert answer.headers["Location"] == image["url"]
    assert path_of(image) == f"/v1/public/images/{coach.workspace_id}/{image['id']}"


async def test_a_coach_may_upload_and_an_assistant_may_not(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)

    assert (await upload(coach)).status_code == 201
    refused = await upload(assistant)

    assert refused.status_code == 403
    assert refused.json()["code"] == "missing_permission"


async def test_neither_clients_nor_strangers_upload(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)

    assert (await upload(client)).json()["code"] == "coaches_only"
    async with make.anonymous() as nobody:
        assert (await nobody.post("/v1/images", content=png())).status_code == 401


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        png()[:-1],
        b"just words",
    ],
    ids=["nothing", "svg", "cut short", "text"],
)
async def test_what_is_no_picture_is_refused_whatever_it_is_called(
    make: Make, content: bytes
) -> None:
    coach = await make.coach()

    answer = await coach.http.post(
        "/v1/images", content=content, headers={"Content-Type": "image/png"}
    )

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_picture"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "image/png", "Content-Encoding": "gzip"},
    ],
    ids=["json", "multipart", "form", "gzip"],
)
async def test_the_body_is_the_picture_itself(make: Make, headers: dict[str, str]) -> None:
    coach = await make.coach()

    answer = await coach.http.post(
        "/v1/images", content=png(), headers={**headers, "Idempotency-Key": "once"}
    )

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


async def test_more_than_a_mebibyte_is_refused(make: Make) -> None:
    coach = await make.coach()

    answer = await upload(coach, jpeg(end=b"\xff\xd9" + b"\0" * 1_048_576))

    assert answer.status_code == 413


async def test_more_than_4096_pixels_are_refused(make: Make) -> None:
    coach = await make.coach()

    answer = await upload(coach, png(4097, 10))

    assert answer.status_code == 422
    assert answer.json()["code"] == "picture_too_large"


async def test_the_same_key_keeps_one_picture(make: Make) -> None:
    coach = await make.coach()

    first = await upload(coach, png(), **{"Idempotency-Key": "logo"})
    again = await upload(coach, png(), **{"Idempotency-Key": "logo"})

    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_the_same_picture_twice_is_two_pictures(make: Make) -> None:
    coach = await make.coach()

    assert (await uploaded(coach))["id"] != (await uploaded(coach))["id"]
