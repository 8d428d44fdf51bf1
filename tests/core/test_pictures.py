"""Pictures are told by their bytes, and by nothing they are called."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import AppError
from app.core.pictures import PictureTooLarge, UnsupportedPicture, read_picture
from tests.pictures import jpeg, png, webp_extended, webp_lossless, webp_lossy

MAKERS: dict[str, tuple[Callable[[int, int], bytes], str]] = {
    "png": (png, "image/png"),
    "jpeg": (jpeg, "image/jpeg"),
    "webp lossy": (webp_lossy, "image/webp"),
    "webp lossless": (webp_lossless, "image/webp"),
    "webp extended": (webp_extended, "image/webp"),
}
KINDS = pytest.mark.parametrize(("make", "media_type"), MAKERS.values(), ids=MAKERS)


@KINDS
def test_the_header_tells_kind_and_size(make: Callable[[int, int], bytes], media_type: str) -> None:
    picture = read_picture(make(320, 200))

    assert (picture.media_type, picture.width, picture.height) == (media_type, 320, 200)


@KINDS
def test_a_side_of_4096_pixels_is_the_most(
    make: Callable[[int, int], bytes], media_type: str
) -> None:
    assert read_picture(make(4096, 4096)).media_type == media_type
    with pytest.raises(PictureTooLarge):
        read_picture(make(4097, 1))
    with pytest.raises(PictureTooLarge):
        read_picture(make(1, 4097))


@KINDS
def test_a_picture_that_ends_too_early_is_none(
    make: Callable[[int, int], bytes], media_type: str
) -> None:
    whole = make(8, 8)

    assert read_picture(whole).media_type == media_type
    for length in range(len(whole)):
        with pytest.raises(UnsupportedPicture):
            read_picture(whole[:length])


def test_what_a_telephone_appends_to_a_jpeg_does_no_harm() -> None:
    assert read_picture(jpeg() + b"SEFT trailer").media_type == "image/jpeg"


def test_nothing_may_follow_the_end_of_a_png() -> None:
    with pytest.raises(UnsupportedPicture):
        read_picture(png() + b"PK\x03\x04")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;",
        b"%PDF-1.7",
        b"<html><script>alert(1)</script></html>",
        b"BM" + b"\0" * 60,
        png(0, 2),
        jpeg(2, 0),
        webp_lossy(0, 2),
    ],
    ids=["nothing", "svg", "gif", "pdf", "html", "bmp", "no width", "no height", "no pixels"],
)
def test_everything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnsupportedPicture):
        read_picture(content)


@given(st.sampled_from([make(9, 9) for make, _ in MAKERS.values()]), st.data())
def test_damaged_headers_are_read_or_refused_and_never_fail(
    whole: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        picture = read_picture(bytes(damaged))
    except AppError:
        return
    assert 0 < picture.width <= 4096
    assert 0 < picture.height <= 4096
