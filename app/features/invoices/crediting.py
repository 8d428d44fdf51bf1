"""Taking back an invoice, or part of it, by a credit note of its own number."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from app.core.events import publish
from app.core.ids import new_id
from app.core.jobs import enqueue
from app.features.invoices.books import recompute, tell_if_paid
from app.features.invoices.credit_sums import Credit, Group, Left, TooMuch, by_amount, by_lines
from app.features.invoices.drafting import require_status
from app.features.invoices.events import InvoiceCredited, about
from app.features.invoices.failures import CreditExceedsInvoice, UnknownInvoiceLine
from app.features.invoices.finalizing import today_in
from app.features.invoices.jobs import issue_job
from app.features.invoices.paths import Work
from app.features.invoices.schemas_money import CreditNoteIn
from app.features.invoices.tax_totals import kept_totals
from app.models import CreditNote, CreditNoteLine, InvoiceLine, Workspace
from app.models.invoice_settings import invoice_settings
from app.repositories.invoice_money import CreditNoteRepository
from app.repositories.invoice_numbers import next_number
from app.repositories.workspaces import WorkspaceRepository


async def issue_credit_note(work: Work, body: CreditNoteIn) -> CreditNote:
    """Take back what the body names, or all that is left; the client gets it by e-mail.

    The practice's series gives its number once all was checked. Raises InvoiceState (409) for a
    draft or a void invoice, CreditExceedsInvoice (409) and UnknownInvoiceLine (422).
    """
    invoice, session = work.invoice, work.invoices.session
    require_status(invoice, "open", "paid", "uncollectible")
    notes = CreditNoteRepository(session, invoice.workspace_id)
    lines = await work.invoices.lines(invoice.id)
    credit = await _credit(work, notes, lines, body)
    workspace = await WorkspaceRepository(session, invoice.workspace_id).require()
    note = await _keep(work, notes, credit, reason=body.reason, workspace=workspace)
    session.add_all(_rows(note, lines, credit))
    await session.flush()
    was_paid = invoice.status == "paid"
    await recompute(session, invoice)
    facts = about(invoice, work.principal.actor)
    credited = note.total_minor
    await publish(session, InvoiceCredited(**facts, credit_note_id=note.id, amount_minor=credited))
    if not was_paid and invoice.amount_paid_minor:
        await tell_if_paid(session, invoice, actor=work.principal.actor, onboarding=work.onboarding)
    await enqueue(session, issue_job(note, work.principal.actor))
    return note


async def _credit(
    work: Work, notes: CreditNoteRepository, lines: Sequence[InvoiceLine], body: CreditNoteIn
) -> Credit:
    left = _left(lines, await notes.credited(work.invoice.id))
    taxes = await _taxes_left(work, notes)
    creditable = work.invoice.total_minor - work.invoice.amount_credited_minor
    try:
        if body.amount_minor is not None:
            credit = by_amount(left, taxes, body.amount_minor)
        else:
            credit = by_lines(left, taxes, _chosen(left, body))
    except TooMuch:
        raise CreditExceedsInvoice(creditable) from None
    if not credit.subtotal_minor + credit.tax_minor:
        raise CreditExceedsInvoice(creditable)
    return credit


def _left(lines: Sequence[InvoiceLine], credited: Mapping[UUID, int]) -> list[Left]:
    return [
        Left(
            line_id=line.id,
            group=(line.tax_rate.normalize(), line.exempt_reason is not None),
            net_minor=line.net_minor - line.discount_minor - credited.get(line.id, 0),
        )
        for line in lines
    ]


async def _taxes_left(work: Work, notes: CreditNoteRepository) -> Mapping[Group, int]:
    """What is left of each tax of the invoice."""
    left = {_group(tax): int(tax["tax_minor"]) for tax in work.invoice.tax_totals}
    for note in await notes.of_invoice(work.invoice.id):
        for tax in note.tax_totals:
            left[_group(tax)] -= tax["tax_minor"]
    return left


def _group(tax: Mapping[str, object]) -> Group:
    return Decimal(str(tax["rate"])), bool(tax["exempt"])


def _chosen(left: Sequence[Left], body: CreditNoteIn) -> Mapping[UUID, int]:
    """How much of which line; all that is left where none is named."""
    there = {line.line_id: line.net_minor for line in left}
    if body.lines is None:
        return there
    chosen: dict[UUID, int] = {}
    for place, line in enumerate(body.lines):
        if line.line_id not in there:
            raise UnknownInvoiceLine(place)
        net = there[line.line_id] if line.net_minor is None else line.net_minor
        chosen[line.line_id] = chosen.get(line.line_id, 0) + net
    return chosen


async def _keep(
    work: Work,
    notes: CreditNoteRepository,
    credit: Credit,
    *,
    reason: str | None,
    workspace: Workspace,
) -> CreditNote:
    invoice, issued_on = work.invoice, today_in(workspace)
    series = invoice_settings(workspace)["credit_note_prefix"]
    sequence, number = await next_number(
        notes.session, notes.workspace_id, series=series, issued_on=issued_on
    )
    return notes.add(
        CreditNote(
            id=new_id(),
            invoice_id=invoice.id,
            contact_id=invoice.contact_id,
            number=number,
            sequence=sequence,
            currency=invoice.currency,
            issued_on=issued_on,
            reason=reason,
            seller=invoice.seller,
            buyer=invoice.buyer,
            tax_totals=kept_totals(credit.taxes),
            subtotal_minor=credit.subtotal_minor,
            tax_minor=credit.tax_minor,
            total_minor=credit.subtotal_minor + credit.tax_minor,
        )
    )


def _rows(
    note: CreditNote, lines: Sequence[InvoiceLine], credit: Credit
) -> Sequence[CreditNoteLine]:
    taken = [line for line in lines if credit.nets.get(line.id)]
    return [
        CreditNoteLine(
            workspace_id=note.workspace_id,
            id=new_id(),
            credit_note_id=note.id,
            invoice_line_id=line.id,
            position=position,
            description=line.description,
            tax_rate=line.tax_rate,
            exempt_reason=line.exempt_reason,
            net_minor=credit.nets[line.id],
        )
        for position, line in enumerate(taken)
    ]
