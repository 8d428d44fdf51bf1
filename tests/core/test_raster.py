"""Pictures: measured by their header, reduced to thumbnails that tell no more than they show."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.core.file_types import FileTypeNotAllowed
from app.core.raster import ImageTooLarge, picture_size, thumbnail
from tests import file_samples as samples
from tests.pictures import jpeg, png, webp_extended


def small(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(thumbnail(io.BytesIO(content))))


def colour(picture: Image.Image, x: int, y: int) -> str:
    red, _, blue = picture.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes()
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_every_kind_is_measured_and_reduced(kind: str):
    content = samples.photo(1200, 600, kind=kind)
    reduced = small(content)

    assert picture_size(io.BytesIO(content)) == (1200, 600)
    assert reduced.format == "WEBP"
    assert reduced.size == (512, 256)
    assert (colour(reduced, 5, 100), colour(reduced, 500, 100)) == ("red", "blue")


def test_a_small_picture_stays_as_small():
    assert small(samples.photo(20, 10)).size == (20, 10)


def test_a_picture_is_put_upright_and_forgets_its_camera():
    reduced = small(samples.photo(1200, 600, orientation=6))

    assert reduced.size == (256, 512)
    assert (colour(reduced, 100, 5), colour(reduced, 100, 500)) == ("red", "blue")
    assert not reduced.getexif()


def test_transparency_is_kept():
    target = io.BytesIO()
    Image.new("P", (600, 600)).save(target, "PNG", transparency=0)

    assert small(target.getvalue()).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_colouring_is_understood(mode: str):
    target = io.BytesIO()
    Image.new(mode, (600, 300)).save(target, "JPEG" if mode == "CMYK" else "PNG")

    assert small(target.getvalue()).size == (512, 256)


@pytest.mark.parametrize(
    "content", [samples.picture_bomb(), png(9000, 9000), webp_extended(16_000, 16_000)]
)
def test_a_bomb_is_told_by_its_header(content: bytes):
    with pytest.raises((ImageTooLarge, FileTypeNotAllowed)):
        picture_size(io.BytesIO(content))
    with pytest.raises((ImageTooLarge, FileTypeNotAllowed)):
        thumbnail(io.BytesIO(content))


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", samples.PDF, samples.SVG])
def test_what_is_no_picture_is_refused(content: bytes):
    with pytest.raises(FileTypeNotAllowed):
        picture_size(io.BytesIO(content))


def test_a_picture_without_an_end_gets_no_thumbnail():
    with pytest.raises(FileTypeNotAllowed):
        thumbnail(io.BytesIO(samples.photo(kind="PNG")[:200]))
    with pytest.raises(FileTypeNotAllowed):
        thumbnail(io.BytesIO(jpeg(600, 600)))


@given(st.data())
def test_any_damage_gets_an_answer(data: st.DataObject):
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]))
    content = bytearray(samples.photo(32, 32, kind=kind))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    for look in (picture_size, thumbnail):
        with suppress(FileTypeNotAllowed, ImageTooLarge):
            look(io.BytesIO(content))
