"""Data becomes pages: any script, no markup, the same bytes each time."""

from pathlib import Path
from typing import Any

import pytest

from app.core.documents.failures import DocumentFailure
from app.core.documents.markdown_documents import Party, typeset_markdown
from app.core.documents.print_shop import PrintShop
from app.core.documents.qr import qr_rows
from app.core.documents.typesetting import LAYOUTS, Typeset, typeset
from tests.core.documents.papers import AT, NAMES, needs_poppler, page_texts, poppler_text
from tests.pictures import png

CLIENT, COACH = Party("client", "Ada Lovelace, client"), Party("coach", "Maya Okafor, coach")


async def agreement(shop: PrintShop, markdown: str, **values: str) -> Typeset:
    return await typeset_markdown(
        shop, markdown, values, title="Agreement", reference="A-1", parties=[CLIENT, COACH], at=AT
    )


async def test_the_same_data_gives_the_same_bytes(print_shop: PrintShop) -> None:
    first = await agreement(print_shop, "# Agreement\n\nwith {{name}}", name="Ada")
    assert first == await agreement(print_shop, "# Agreement\n\nwith {{name}}", name="Ada")
    assert first.pdf != (await agreement(print_shop, "# Agreement", name="Ada")).pdf


@needs_poppler
@pytest.mark.parametrize("script", NAMES)
async def test_names_in_any_script_can_be_read_back(
    print_shop: PrintShop, tmp_path: Path, script: str
) -> None:
    made = await agreement(print_shop, "**{{name}}**\n\n{{name}}", name=NAMES[script])
    text = poppler_text(made.pdf, tmp_path)
    invisible = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f"))
    assert text.translate(invisible).count(NAMES[script]) == 2


async def test_no_letter_of_the_names_is_missing(print_shop: PrintShop) -> None:
    made = await agreement(print_shop, "{{names}}", names="\n".join(NAMES.values()))
    [text] = page_texts(made.pdf)
    for word in ("Šťastná", "Źdźbło", "Hồng", "Παπαδοπούλου", "Шевченко", "محمد", "שלומית"):
        assert word in text


async def test_markup_in_a_value_is_printed_as_it_is(print_shop: PrintShop) -> None:
    name = '#set page(fill: red) *x* $x$ @a <b> \\ "q" #eval("1")'
    [text] = page_texts((await agreement(print_shop, "{{name}}", name=name)).pdf)
    assert name in text.replace("\n", " ")


async def test_marks_tell_where_they_are(print_shop: PrintShop) -> None:
    made = await agreement(
        print_shop, "One\n\n{{page_break}}\n\n{{signature:client}} {{checkbox?:client:News}}"
    )
    signature, checkbox, *others = made.boxes
    assert (signature["kind"], signature["who"], signature["page"]) == ("signature", "client", 2)
    assert (checkbox["kind"], checkbox["label"]) == ("checkbox", "News")
    assert checkbox["required"] is False
    assert checkbox["x"] > signature["x"] + signature["w"]
    assert [(box["kind"], box["who"]) for box in others] == [
        ("signature", "coach"),
        ("date", "coach"),
    ]
    assert len(page_texts(made.pdf)) == 2


async def test_whoever_has_no_place_to_sign_gets_one(print_shop: PrintShop) -> None:
    made = await agreement(print_shop, "Agreed.")
    assert [box["who"] for box in made.boxes if box["kind"] == "signature"] == ["client", "coach"]
    assert CLIENT.label in page_texts(made.pdf)[0]


async def layout_of(shop: PrintShop, images: dict[str, bytes]) -> Typeset:
    data: dict[str, Any] = {"title": "T", "tree": {"c": []}, "parties": [], "reference": "R"}
    return await typeset(shop, LAYOUTS / "document.typ", data, at=AT, images=images)


async def test_pictures_reach_the_layout_as_bytes(print_shop: PrintShop) -> None:
    made = await layout_of(print_shop, {"logo": png(4, 4)})
    assert made.pdf.startswith(b"%PDF-1.7")
    assert not made.boxes


async def test_a_document_may_carry_attachments_by_its_standard(print_shop: PrintShop) -> None:
    made = await agreement(print_shop, "Agreed.")
    assert b"<pdfaid:part>3</pdfaid:part>" in made.pdf


async def test_a_letter_no_font_has_is_named_before_anybody_signs(print_shop: PrintShop) -> None:
    with pytest.raises(DocumentFailure) as failure:
        await agreement(print_shop, "With {{name}}", name="山田")
    assert failure.value.code == "letters_missing"
    assert "山" in failure.value.detail


async def test_a_value_that_is_missing_is_named(print_shop: PrintShop) -> None:
    with pytest.raises(DocumentFailure, match="name"):
        await agreement(print_shop, "{{name}}")


def test_qr_codes_are_square() -> None:
    rows = qr_rows("https://portal.example.test/pay#token=abc")
    assert {len(row) for row in rows} == {len(rows)}
    assert rows[0].startswith("1111111")
