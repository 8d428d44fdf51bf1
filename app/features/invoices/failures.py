"""Why an invoice can't be worked on as asked."""

from collections.abc import Sequence
from typing import ClassVar

from app.core.errors import Conflict, Invalid
from app.models import Invoice


class InvoiceState(Conflict):
    """The invoice's status does not allow this: `status_now` tells which it is in."""

    code: ClassVar[str] = "invoice_state"
    title: ClassVar[str] = "The invoice is not in a status for this"

    def __init__(self, invoice: Invoice) -> None:
        """Tell the present status."""
        super().__init__(f"It is {invoice.status}.", extra={"status_now": invoice.status})


class InvoiceHasPayments(Conflict):
    """Money came for it: issue a credit note instead."""

    code, title = "invoice_has_payments", "Something was paid already"


class InvoiceIncomplete(Invalid):
    """What the law asks of an invoice is missing; `errors` name each, in the draft or settings."""

    code, title = "invoice_incomplete", "The invoice is not complete"

    def __init__(self, missing: Sequence[str]) -> None:
        """Name each as the API calls it: `/invoice_settings/seller_name`, `/lines`."""
        what = {"in": "body", "code": "missing", "detail": "Needed before it can be finalized"}
        super().__init__(errors=[{**what, "pointer": pointer} for pointer in missing])
        self.missing = tuple(missing)


class DiscountTooLarge(Invalid):
    """The discount is more than the lines come to."""

    code, title = "discount_too_large", "The discount exceeds the lines"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/discount/amount_minor"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


class AmountTooLarge(Invalid):
    """The sum is more than 2^53 - 1 minor units: not every reader could count it."""

    code, title = "amount_too_large", "The invoice comes to too much"


class RefundExceedsPayment(Conflict):
    """No more can be paid back than came in: `refundable_minor` tells what is left of it."""

    code: ClassVar[str] = "refund_exceeds_payment"
    title: ClassVar[str] = "More than there is to pay back"

    def __init__(self, refundable_minor: int) -> None:
        """Tell what is left."""
        super().__init__(extra={"refundable_minor": refundable_minor})


class CreditExceedsInvoice(Conflict):
    """No more can be taken back than was charged: `creditable_minor` tells what is left."""

    code: ClassVar[str] = "credit_exceeds_invoice"
    title: ClassVar[str] = "More than there is to take back"

    def __init__(self, creditable_minor: int) -> None:
        """Tell what is left."""
        super().__init__(extra={"creditable_minor": creditable_minor})


class UnknownPayment(Invalid):
    """The id names no payment of this invoice."""

    code, title = "unknown_payment", "No such payment"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/payment_id"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


class UnknownInvoiceLine(Invalid):
    """The id names no line of this invoice."""

    code, title = "unknown_invoice_line", "No such line"

    def __init__(self, place: int) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": f"/lines/{place}/line_id"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


class PastWouldBeSent(Invalid):
    """It begins in the past, and the client would get all of that at once: begin it as drafts."""

    code, title = "past_would_be_sent", "Invoices for days that are past are not sent at once"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/starts_on"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])
