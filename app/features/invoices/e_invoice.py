"""The machine's reading of a paper: EN 16931 as Cross Industry Invoice, inside the PDF.

`facts_of` is pure; `embed` runs in a press, because factur-x, lxml and pypdf take time to load
and to work.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from app.core.money import TWO, exponent, half_up, in_major_units, share
from app.features.invoices.papers import Paper, PaperLine

INVOICE, CREDIT_NOTE = "380", "381"
"""UNTDID 1001."""

UNIT = "C62"
"""One: an hour here is a session there (UN/ECE recommendation 20)."""

UNTAXED = "Not subject to VAT"
LONGEST_NAME = 100

NO_SCHEME = ""
"""Of an identifier that is nobody's but ours; JSON has no other name for it."""

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Facts = dict[str, Any]


def has_e_invoice(paper: Paper) -> bool:
    """Whether the standard can say it: receipts are none, and it knows two decimals at most."""
    return paper.kind != "receipt" and exponent(paper.currency) <= TWO


def facts_of(paper: Paper) -> Facts:
    """The paper as factur-x takes it, by the standard's own names of its terms (BT, BG)."""
    facts: Facts = {
        "BT-1": paper.number,
        "BT-2": paper.issued_on.isoformat(),
        "BT-3": CREDIT_NOTE if paper.kind == "credit_note" else INVOICE,
        "BT-5": paper.currency,
        "BT-72": paper.issued_on.isoformat(),
        "BG-1": [{"BT-22": note} for note in (paper.memo, paper.reason) if note],
        "BG-4": _seller(paper),
        "BG-7": _buyer(paper),
        "BG-20": list(_allowances(paper)),
        "BG-23": list(_taxes(paper)),
        "BG-25": [_line(paper, place, line) for place, line in enumerate(paper.lines, 1)],
        **_totals(paper),
        **_terms(paper),
    }
    if paper.refers_to:
        number, day = paper.refers_to
        facts["BG-3"] = [{"BT-25": number, "BT-26": day.isoformat()}]
    return {name: value for name, value in facts.items() if value not in ([], None)}


def _amount(paper: Paper, amount_minor: int) -> str:
    return str(in_major_units(amount_minor, paper.currency))


def _totals(paper: Paper) -> Facts:
    base = paper.subtotal_minor - paper.discount_minor
    return {
        "BT-106": _amount(paper, paper.subtotal_minor),
        "BT-107": _amount(paper, paper.discount_minor) if paper.discount_minor else None,
        "BT-109": _amount(paper, base),
        "BT-110": _amount(paper, paper.tax_minor),
        "BT-112": _amount(paper, paper.total_minor),
        "BT-115": _amount(paper, paper.total_minor),
    }


def _terms(paper: Paper) -> Facts:
    """When it is due, or, of a credit note, that nothing is."""
    if paper.due_on:
        return {"BT-9": paper.due_on.isoformat()}
    return {"BT-20": "Nothing to pay"}


def _seller(paper: Paper) -> Facts:
    """The standard wants a number that tells who it is: without one for VAT, the practice's id."""
    seller = paper.seller
    facts = {**_party(seller), **_tax_id(seller["tax_id"])}
    if "vat_identifier" not in facts:
        facts["identifiers"] = {NO_SCHEME: str(paper.workspace_id)}
    return facts


def _buyer(paper: Paper) -> Facts:
    buyer, tax_id = paper.buyer, paper.buyer["tax_id"]
    party = _party(buyer)
    return {**party, "vat_identifier": tax_id} if _is_vat_id(tax_id) else party


def _party(party: Facts) -> Facts:
    """Name and address; of the lines of an address the standard knows three."""
    lines = (party["address"] or "").splitlines()
    lines[2:] = [", ".join(lines[2:])] if lines[2:] else []
    places = {f"addr_l{n}": line for n, line in enumerate(lines, 1) if line}
    reached = {"contacts": [{"email": party["email"]}]} if party["email"] else {}
    return {"name": party["name"], "country_code": party["country"], **places, **reached}


def _tax_id(tax_id: str | None) -> Facts:
    if not tax_id:
        return {}
    return {"vat_identifier" if _is_vat_id(tax_id) else "tax_identifier": tax_id}


def _is_vat_id(tax_id: str | None) -> bool:
    """Whether it begins with a country, as those of the EU do."""
    return bool(tax_id) and str(tax_id)[:2].isalpha() and str(tax_id)[:2].isupper()


def _category(paper: Paper, rate: Decimal, *, exempt: bool) -> str:
    """UNCL 5305: standard, zero, exempt, or outside of VAT where the seller has no tax number."""
    if rate:
        return "S"
    if not paper.seller["tax_id"]:
        return "O"
    return "E" if exempt else "Z"


def _rate(category: str, rate: Decimal) -> str | None:
    return None if category == "O" else f"{rate.normalize():f}"


def _line(paper: Paper, place: int, line: PaperLine) -> Facts:
    category = _category(paper, line.tax_rate, exempt=line.exempt_reason is not None)
    name, _, more = line.description.partition("\n")
    facts = {
        "BT-126": str(place),
        "BT-129": f"{line.quantity.normalize():f}",
        "BT-130": UNIT,
        "BT-131": _amount(paper, line.net_minor),
        "BT-146": _amount(paper, line.unit_amount_minor),
        "BT-151": category,
        "BT-152": _rate(category, line.tax_rate),
        "BT-153": name[:LONGEST_NAME],
        "BT-154": (name[LONGEST_NAME:] + more).strip() or None,
        "BG-27": list(_line_allowance(paper, line)),
    }
    return {term: value for term, value in facts.items() if value not in ([], None)}


def _line_allowance(paper: Paper, line: PaperLine) -> Iterable[Facts]:
    steps = line.quantity.scaleb(6).to_integral_value()
    gross = half_up(line.unit_amount_minor * int(steps), 10**6)
    if line.discount_percent and gross > line.net_minor:
        yield {"amount": _amount(paper, gross - line.net_minor), "reason": "Discount"}


def _by_tax(paper: Paper) -> Iterable[tuple[str, Decimal, Sequence[PaperLine]]]:
    """The lines of each category and rate together."""

    def tax(line: PaperLine) -> tuple[str, Decimal]:
        category = _category(paper, line.tax_rate, exempt=line.exempt_reason is not None)
        return category, line.tax_rate.normalize()

    for (category, rate), some in groupby(sorted(paper.lines, key=tax), tax):
        yield category, rate, list(some)


def _allowances(paper: Paper) -> Iterable[Facts]:
    """The document's discount, as far as it is each rate's."""
    for category, rate, lines in _by_tax(paper):
        amount = sum(line.discount_minor for line in lines)
        if amount:
            facts = {"amount": _amount(paper, amount), "vat_category_code": category}
            at = _rate(category, rate)
            yield {**facts, "reason": "Discount", **({"vat_rate": at} if at else {})}


def _taxes(paper: Paper) -> Iterable[Facts]:
    for category, rate, lines in _by_tax(paper):
        base = sum(line.net_minor - line.discount_minor for line in lines)
        reasons = dict.fromkeys(line.exempt_reason for line in lines if line.exempt_reason)
        facts = {
            "BT-116": _amount(paper, base),
            "BT-117": _amount(paper, _tax_at(paper, rate, base)),
            "BT-118": category,
            "BT-119": _rate(category, rate) or "0",
        }
        if category in "EO":
            facts["BT-120"] = "; ".join(reasons) or UNTAXED
        yield facts


def _tax_at(paper: Paper, rate: Decimal, base: int) -> int:
    """What the paper says; a credit note's may be less than the rate of what is left."""
    if not rate:
        return 0
    stated = [tax for tax in paper.tax_totals if Decimal(tax["rate"]) == rate]
    return sum(tax["tax_minor"] for tax in stated) if stated else share(base, rate)


def readable(facts: Any) -> Any:
    """The same without what no XML may hold (XML 1.0, 2.2), and JSON and PostgreSQL may."""
    if isinstance(facts, str):
        return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", facts)
    if isinstance(facts, dict):
        return {name: readable(value) for name, value in facts.items()}
    return [readable(each) for each in facts] if isinstance(facts, list) else facts


def embed(question: dict[str, Any], blobs: Sequence[bytes]) -> tuple[None, list[bytes]]:
    """A press's task: the PDF with its facts inside as `factur-x.xml`, checked by the schema."""
    from facturx import generate_from_binary, generate_xml  # noqa: PLC0415 - slow to load

    facts: Facts = readable(question["facts"])
    ids: dict[str, str] = facts["BG-4"].get("identifiers", {})
    facts["BG-4"]["identifiers"] = {scheme or None: value for scheme, value in ids.items()}
    xml = generate_xml(facts, "factur-x", "en16931", check_schematron=False)
    pdf = generate_from_binary(
        blobs[0],
        xml,
        flavor="factur-x",
        level="en16931",
        check_xsd=False,
        lang=question["language"],
        pdf_metadata=question["metadata"],
        afrelationship="alternative",
    )
    return None, [pdf]
