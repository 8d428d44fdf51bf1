"""A paper as `layouts/invoice.typ` takes it: every text written out, nothing left to reckon."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from app.core.amounts import amount_in_words, decimal_in_words, locale_of
from app.core.documents.markdown_tree import reads_from_right
from app.core.documents.qr import qr_rows
from app.features.invoices.papers import Kind, Paper, PaperLine

KINDS: dict[Kind, str] = {
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "receipt": "Receipt",
}
LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR", "PA", "PR"})
"""Countries that print on US Letter; all others on A4."""

WORDS = {
    "to": "Billed to",
    "from": "From",
    "how_to_pay": "How to pay",
    "pay_online": "See and pay online",
}

Row = dict[str, Any]


class Writer:
    """Writes one paper's texts, in the seller's language; `portal_url` is the installation's."""

    def __init__(self, paper: Paper, *, portal_url: str) -> None:
        """Write this paper."""
        self._paper = paper
        self._locale: str = paper.seller["locale"]
        self._portal_url: str = paper.seller["portal_url"] or portal_url

    def data(self) -> Row:
        """All that the layout shows."""
        paper, kind = self._paper, KINDS[self._paper.kind]
        return {
            "kind": kind,
            "number": paper.number,
            "title": f"{kind} {paper.number}",
            "language": locale_of(self._locale).language,
            "page": "us-letter" if paper.seller["country"] in LETTER_PAPER else "a4",
            "accent_color": paper.seller["accent_color"],
            "practice": paper.seller["practice"],
            "footer": paper.seller["footer"],
            "words": WORDS,
            "seller": self._party(paper.seller, last=paper.seller["email"]),
            "buyer": self._party(paper.buyer, first=paper.buyer["attention"]),
            "facts": list(self._facts()),
            "columns": self._columns(),
            "lines": [self._row(line) for line in paper.lines],
            "sums": list(self._sums()),
            "stamp": "PAID" if paper.kind == "receipt" else None,
            "notes": [directed(note) for note in self._notes() if note],
            **self._payment(),
        }

    def _party(self, party: Row, *, first: str | None = None, last: str | None = None) -> Row:
        country = party["country"]
        in_words = locale_of(self._locale).territories.get(country, country)
        tax_id = f"Tax ID {party['tax_id']}" if party["tax_id"] else None
        parts = (first, party["address"], in_words, tax_id, last)
        rest = directed("\n".join(part for part in parts if part))
        return {"name": party["name"], "head": directed(party["name"]), **rest}

    def _facts(self) -> Iterable[Row]:
        paper = self._paper
        yield _named("Date", self._day(paper.issued_on))
        if paper.due_on and paper.kind == "invoice":
            yield _named("Due", self._day(paper.due_on))
        if paper.refers_to:
            number, day = paper.refers_to
            yield _named("For invoice", number)
            yield _named("Issued on", self._day(day))

    def _columns(self) -> list[Row]:
        names = ["Quantity", "Price", *(["Discount"] if self._has_discounts else []), "Tax", "Net"]
        return [
            {"label": "Description", "wide": True},
            *({"label": n, "wide": False} for n in names),
        ]

    @property
    def _has_discounts(self) -> bool:
        return any(line.discount_percent for line in self._paper.lines)

    def _row(self, line: PaperLine) -> list[Any]:
        less = self._percent(line.discount_percent) if line.discount_percent else ""
        return [
            directed(line.description),
            decimal_in_words(line.quantity, self._locale),
            self._amount(line.unit_amount_minor),
            *([less] if self._has_discounts else []),
            self._percent(line.tax_rate),
            self._amount(line.net_minor),
        ]

    def _sums(self) -> Iterable[Row]:
        paper = self._paper
        yield self._sum("Subtotal", paper.subtotal_minor)
        if paper.discount_minor:
            yield self._sum("Discount", -paper.discount_minor)
        for tax in paper.tax_totals:
            if Decimal(tax["rate"]):
                on = self._amount(tax["base_minor"])
                label = f"Tax {self._percent(Decimal(tax['rate']))} on {on}"
                yield self._sum(label, tax["tax_minor"])
        yield self._sum("Total", paper.total_minor, strong=True)
        for day, amount in paper.received:
            yield self._sum(f"Paid on {self._day(day)}", -amount)

    def _sum(self, label: str, amount_minor: int, *, strong: bool = False) -> Row:
        return {"label": label, "value": self._amount(amount_minor), "strong": strong}

    def _notes(self) -> Iterable[str | None]:
        paper = self._paper
        yield paper.reason
        yield paper.memo
        yield from dict.fromkeys(line.exempt_reason for line in paper.lines)

    def _payment(self) -> Row:
        if self._paper.kind != "invoice" or not self._paper.total_minor:
            return {"pay": None, "bank": None}
        url = f"{self._portal_url.rstrip('/')}/invoices/{self._paper.invoice_id}"
        bank = self._paper.seller["bank_details"]
        return {
            "pay": {"url": url, "code": qr_rows(url)},
            "bank": directed(bank) if bank else None,
        }

    def _amount(self, amount_minor: int) -> str:
        return amount_in_words(amount_minor, self._paper.currency, self._locale)

    def _percent(self, value: Decimal) -> str:
        return f"{decimal_in_words(value, self._locale)} %"

    def _day(self, day: date) -> str:
        return format_date(day, "long", locale=locale_of(self._locale))


def _named(label: str, value: str) -> Row:
    return {"label": label, "value": value}


def directed(text: str) -> Row:
    """A text by lines, each with the side it is read from."""
    lines = text.splitlines() or [""]
    return {"lines": [{"text": line, "rtl": reads_from_right(line)} for line in lines]}
