"""A stranger's PDF is refused by name, or made harmless."""

from collections.abc import Sequence

import pikepdf
import pytest

from app.core.documents.failures import DocumentFailure
from app.core.documents.intake import MOST_PAGES, PageSize, take_in
from app.core.documents.print_shop import PrintShop
from app.core.documents.seal_keys import new_seal_key
from app.core.documents.sealing import seal
from tests.core.documents.papers import AT, page_texts
from tests.core.documents.strangers_pdf import acting, form, laid_open, pages, written


async def refusal(shop: PrintShop, content: bytes) -> str:
    with pytest.raises(DocumentFailure) as failure:
        await take_in(shop, content)
    assert failure.value.detail
    return failure.value.code


@pytest.mark.parametrize("password", ["", "secret"])
async def test_encrypted_ones_are_refused(print_shop: PrintShop, password: str) -> None:
    locked = written(pages(), encryption=pikepdf.Encryption(owner="owner", user=password))
    assert await refusal(print_shop, locked) == "pdf_encrypted"


async def test_signed_ones_are_refused(print_shop: PrintShop) -> None:
    key = new_seal_key("Somebody", b"pw", at=AT)
    signed = await seal(print_shop, written(pages()), key, reason="Signed elsewhere")
    assert await refusal(print_shop, signed) == "pdf_signed"


async def test_those_with_no_pages_or_too_many_are_refused(print_shop: PrintShop) -> None:
    assert await refusal(print_shop, written(pikepdf.new())) == "pdf_empty"
    assert await refusal(print_shop, written(pages(MOST_PAGES + 1))) == "pdf_too_long"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\nno more",
        b"Not a PDF",
        written(pages())[:-200],
        written(pages())[200:],
    ],
)
async def test_broken_ones_are_refused(print_shop: PrintShop, content: bytes) -> None:
    assert await refusal(print_shop, content) == "pdf_broken"


@pytest.mark.parametrize("crop", [[0, 0, 0, 0], [10, 10, 20, 20], [900, 900, 1000, 1000]])
async def test_pages_nobody_can_print_are_refused(print_shop: PrintShop, crop: list[int]) -> None:
    assert await refusal(print_shop, written(pages(crop=crop))) == "pdf_broken"


async def test_what_acts_by_itself_is_taken_out(print_shop: PrintShop) -> None:
    before, taken = written(acting()), await take_in(print_shop, written(acting()))
    left = laid_open(taken.pdf)
    gone = [
        *(b"evil_script", b"JavaScript", b"Launch", b"cmd.exe", b"thief", b"chain.test"),
        *(b"MZ-payload", b"OpenAction", b"EmbeddedFile", b"FileAttachment", b"/AA"),
    ]
    assert all(word in laid_open(before) for word in gone)
    assert [word for word in gone if word in left] == []
    assert b"https://terms.test" in left
    assert "Agreement body" in page_texts(taken.pdf)[0]


async def test_what_forms_hold_becomes_part_of_the_page(print_shop: PrintShop) -> None:
    taken = await take_in(print_shop, written(form()))
    left = laid_open(taken.pdf)
    assert b"Typed before" in left
    assert b"/Widget" not in left
    assert b"/AcroForm" not in left


@pytest.mark.parametrize(
    ("turn", "crop", "size"),
    [
        (0, (), (400, 600)),
        (90, (), (600, 400)),
        (180, (), (400, 600)),
        (-90, (), (600, 400)),
        (0, (30, 40, 380, 560), (350, 520)),
        (90, (30, 40, 380, 560), (520, 350)),
        (0, (-50, -50, 500, 560), (400, 560)),
    ],
)
async def test_pages_have_the_size_that_is_seen(
    print_shop: PrintShop, turn: int, crop: Sequence[int], size: tuple[float, float]
) -> None:
    taken = await take_in(print_shop, written(pages(turn=turn, crop=crop)))
    assert taken.pages == [PageSize(*size)]


async def test_the_same_pdf_gives_the_same_bytes(print_shop: PrintShop) -> None:
    content = written(acting())
    assert await take_in(print_shop, content) == await take_in(print_shop, content)
