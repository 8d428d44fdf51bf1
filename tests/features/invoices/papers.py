"""Papers for tests, and what machines read in them."""

import io
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import facturx
import pikepdf
from saxonche import PySaxonProcessor

from app.features.invoices.papers import Paper, PaperLine
from app.features.invoices.tax_totals import kept_totals
from app.features.invoices.totals import Discount, Line, totals_of

SCHEMATRON = Path(facturx.__file__).parent / "xsd_and_schematron/facturx-en16931"

SELLER: dict[str, Any] = {
    "name": "Okafor Coaching",
    "address": "Hafenstraße 12\n20457 Hamburg",
    "country": "DE",
    "tax_id": "DE123456789",
    "email": "maya@example.test",
    "bank_details": "IBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001",
    "footer": "Okafor Coaching · Managing director Maya Okafor",
    "practice": "Okafor Coaching",
    "accent_color": "#0f766e",
    "logo_file_id": None,
    "portal_url": None,
    "locale": "en",
}
BUYER: dict[str, Any] = {
    "name": "Ana Lima",
    "address": "Rua das Flores 3\n1200 Lisboa",
    "country": "PT",
    "tax_id": None,
    "email": "ana@example.test",
    "attention": None,
}


def line(description: str = "Coaching session", **more: Any) -> tuple[str, Line]:
    values = {"quantity": "1.5", "unit_amount_minor": 12000, "tax_rate": "19", **more}
    for name in ("quantity", "tax_rate", "discount_percent"):
        if name in values:
            values[name] = Decimal(values[name])
    return description, Line(**values)


def paper(*lines: tuple[str, Line], discount: Discount | None = None, **more: Any) -> Paper:
    """An invoice over these lines."""
    charged = lines or (line(),)
    totals = totals_of([one for _, one in charged], discount)
    printed = tuple(
        PaperLine(
            description=description,
            quantity=one.quantity,
            unit_amount_minor=one.unit_amount_minor,
            discount_percent=one.discount_percent,
            tax_rate=one.tax_rate,
            exempt_reason=one.exempt_reason,
            net_minor=net,
            discount_minor=part,
        )
        for (description, one), net, part in zip(charged, totals.nets, totals.shares, strict=True)
    )
    values: dict[str, Any] = {
        "kind": "invoice",
        "workspace_id": UUID(int=1),
        "id": UUID(int=2),
        "invoice_id": UUID(int=2),
        "number": "INV-2026-0001",
        "currency": "EUR",
        "issued_on": date(2026, 11, 27),
        "due_on": date(2026, 12, 11),
        "seller": SELLER,
        "buyer": BUYER,
        "lines": printed,
        "tax_totals": kept_totals(totals.taxes),
        "subtotal_minor": totals.subtotal_minor,
        "discount_minor": totals.discount_minor,
        "tax_minor": totals.tax_minor,
        "total_minor": totals.total_minor,
    }
    return Paper(**{**values, **more})


def xml_in(pdf: bytes) -> bytes:
    """The machine's reading inside a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.attachments["factur-x.xml"].get_file().read_bytes()


def complaints(xml: bytes) -> list[str]:
    """The rules of EN 16931 that are broken; the schema was asked when it was made."""
    return re.findall(r'<svrl:failed-assert[^>]* id="([^"]+)"', _transformed(xml))


def _transformed(xml: bytes) -> str:
    processor = _processor()
    compiler = processor.new_xslt30_processor()
    sheet = compiler.compile_stylesheet(stylesheet_file=str(SCHEMATRON / "FACTUR-X_EN16931.xslt"))
    node = processor.parse_xml(xml_text=xml.decode())
    return str(sheet.transform_to_string(xdm_node=node))


@cache
def _processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)
