"""Printed papers: readable by people and machines, PDF/A-3, and equal to what the API says."""

import html
import io
import re
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from app.core.documents.print_shop import PrintShop
from app.features.invoices.papers import Paper
from app.features.invoices.printing import printed
from app.features.invoices.totals import Discount
from tests.core.documents.papers import NAMES, needs_poppler, page_texts, poppler_text
from tests.features.invoices.billing import done, issued, pair
from tests.features.invoices.papers import BUYER, SELLER, complaints, line, paper, xml_in
from tests.make import Make

PORTAL = "https://portal.example.test"
MIXED = (
    line(),
    line("Workbook, printed", quantity="3", unit_amount_minor=1999, tax_rate="7"),
    line("Retreat", quantity="2.25", unit_amount_minor=33333, discount_percent="12.5"),
    line("Travel", quantity="1", unit_amount_minor=5000, tax_rate="0"),
    line("Health course", tax_rate="0", exempt_reason="Exempt: Art. 132 (1) (c) 2006/112/EC"),
)


@pytest.fixture(scope="module")
async def shop() -> AsyncIterator[PrintShop]:
    shop = PrintShop()
    yield shop
    await shop.close()


async def made(shop: PrintShop, of: Paper, logo: bytes | None = None) -> bytes:
    return await printed(shop, of, logo=logo, portal_url=PORTAL)


def stated(xml: bytes, name: str) -> list[Decimal]:
    found = re.findall(rf"<ram:{name}[^>]*>([^<]+)</ram:{name}>", xml.decode())
    return [Decimal(value) for value in found]


@pytest.mark.parametrize(
    "of",
    [
        paper(),
        paper(*MIXED),
        paper(*MIXED, discount=Discount(percent=Decimal("7.5"))),
        paper(*MIXED, discount=Discount(amount_minor=9999)),
        paper(line(unit_amount_minor=333), currency="JPY"),
        paper(line(tax_rate="0"), seller={**SELLER, "tax_id": None}),
        paper(
            line(tax_rate="0", exempt_reason="Small business"),
            seller={**SELLER, "tax_id": "12/345"},
        ),
        paper(
            seller={**SELLER, "tax_id": "12/345/67890", "email": None},
            buyer={**BUYER, "tax_id": "PT501442600"},
        ),
        paper(kind="credit_note", due_on=None, refers_to=("INV-2026-0001", paper().issued_on)),
        paper(line(discount_percent="100")),
    ],
    ids=[
        "one",
        "mixed",
        "per cent off",
        "amount off",
        "yen",
        "no tax number",
        "small business",
        "local tax number",
        "credit note",
        "free",
    ],
)
async def test_machines_read_what_people_do(shop: PrintShop, of: Paper):
    xml = xml_in(await made(shop, of))
    assert complaints(xml) == []
    minor = Decimal(1) if of.currency == "JPY" else Decimal(100)
    assert stated(xml, "GrandTotalAmount") == [of.total_minor / minor]
    assert stated(xml, "TaxTotalAmount") == [of.tax_minor / minor]
    assert stated(xml, "TaxBasisTotalAmount")[-1] * minor == of.subtotal_minor - of.discount_minor
    assert sum(stated(xml, "CalculatedAmount")) * minor == of.tax_minor


def test_the_schematron_is_asked_and_answers():
    wrong = xml_of_a_kind().replace(b"<ram:GrandTotalAmount>", b"<ram:GrandTotalAmount>1")
    assert "BR-CO-15" in complaints(wrong)


def xml_of_a_kind() -> bytes:
    from facturx import generate_xml  # noqa: PLC0415 - slow to load

    from app.features.invoices.e_invoice import facts_of  # noqa: PLC0415 - beside it

    found: bytes = generate_xml(facts_of(paper()), "factur-x", "en16931", check_schematron=False)
    return found


async def test_it_is_pdf_a_3_and_says_what_is_inside(shop: PrintShop):
    with pikepdf.open(io.BytesIO(await made(shop, paper()))) as pdf:
        with pdf.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "B")
            assert about["{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}ConformanceLevel"]
        [attached] = pdf.Root.AF
        assert (str(attached.UF), str(attached.AFRelationship)) == ("factur-x.xml", "/Alternative")
        assert pdf.Root.OutputIntents


async def test_three_decimals_are_printed_and_machines_go_without(shop: PrintShop):
    pdf = await made(shop, paper(line(unit_amount_minor=12345), currency="KWD"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments
    assert "KWD\xa018.518" in page_texts(pdf)[0]


@needs_poppler
@pytest.mark.parametrize("script", sorted(NAMES))
async def test_names_in_any_script_are_drawn_and_found(
    shop: PrintShop, script: str, tmp_path: Path
):
    buyer = {**BUYER, "name": NAMES[script], "address": f"{NAMES[script]}\n10 High Street"}
    found = poppler_text(await made(shop, paper(buyer=buyer)), tmp_path)
    assert all(word in found for word in NAMES[script].split())


@pytest.mark.parametrize(
    "text",
    [
        "東京都 山田太郎",
        "Party 🎉 👨‍👩‍👧",
        "no\uffffbody\ufffe",
        "\ue000",
        "#set page() $x$ `raw` <b>&]]>",
    ],
)
async def test_what_no_font_has_stops_nothing(shop: PrintShop, text: str):
    of = paper(line(f"Coaching {text}"), buyer={**BUYER, "name": text}, memo=text)
    pdf = await made(shop, of)
    assert "Coaching" in page_texts(pdf)[0]
    xml = xml_in(pdf)
    assert complaints(xml) == []
    if "\uffff" not in text:
        assert text.split(maxsplit=1)[0] in html.unescape(xml.decode())


async def test_long_ones_go_on_over_pages_with_their_head(shop: PrintShop):
    many = [line(f"Session {n}: " + "what we worked on " * 6) for n in range(80)]
    long = "Wolfeschlegelsteinhausenbergerdorff" * 4
    pages = page_texts(await made(shop, paper(*many, buyer={**BUYER, "name": long})))
    assert len(pages) > 3
    assert all("Description" in page for page in pages[:-1])
    assert "INV-2026-0001" in pages[-1]
    assert f"{len(pages)} / {len(pages)}" in pages[-1]


@pytest.mark.parametrize(("country", "width"), [("DE", 595), ("US", 612)])
async def test_the_paper_is_what_the_country_prints_on(shop: PrintShop, country: str, width: int):
    pdf = await made(shop, paper(seller={**SELLER, "country": country}))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert int(opened.pages[0].mediabox[2]) == width


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, ["Invoice", "€214.20", "IBAN", "portal.example.test", "November 27, 2026"]),
        ({"kind": "receipt", "received": ((paper().issued_on, 21420),)}, ["Receipt", "PAID"]),
        (
            {"kind": "credit_note", "refers_to": ("INV-7", paper().issued_on)},
            ["Credit note", "INV-7"],
        ),
        ({"seller": {**SELLER, "locale": "de-DE"}}, ["214,20", "27. November 2026"]),
    ],
)
async def test_it_says_what_it_is(shop: PrintShop, changes: dict[str, Any], shown: list[str]):
    [page] = page_texts(await made(shop, paper(**changes)))
    assert [word for word in shown if word not in page] == []


async def test_a_receipt_says_what_came_and_when(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    url = f"/v1/portal/invoices/{one['id']}/receipt"
    assert (await client.http.get(url)).json()["code"] == "invoice_not_paid"
    await done(owner, one, "payments", {"amount_minor": 20000, "received_on": "2026-11-03"})
    await done(owner, one, "payments", {"amount_minor": 1420, "received_on": "2026-11-10"})
    answer = await client.http.get(url)
    [page] = page_texts(answer.content)
    shown = ["Receipt", one["number"], "PAID", "November 3, 2026", "€200.00", "November 10, 2026"]
    assert [word for word in shown if word not in page] == []
    assert (await owner.http.get(f"/v1/invoices/{one['id']}/receipt")).status_code == 200
