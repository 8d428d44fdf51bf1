"""A practice as the API takes and gives it."""

from datetime import datetime
from uuid import UUID

from app.core.fields import (
    UNCHANGED,
    CountryCode,
    Currency,
    Email,
    HexColor,
    In,
    Locale,
    Name,
    Out,
    Slug,
    TimeZone,
)
from app.features.workspace.fields import (
    BankDetails,
    Footer,
    NumberPrefix,
    PaymentTerms,
    PortalUrl,
    ReminderDays,
    SellerAddress,
    SellerName,
    SenderName,
    TaxExemptReason,
    TaxId,
    TaxRate,
)


class BrandingChanges(In):
    """The practice's looks; `logo_file_id` names a picture of `POST /v1/images`."""

    logo_file_id: UUID | None = UNCHANGED
    accent_color: HexColor = UNCHANGED


class MailChanges(In):
    """How the practice writes: null is the practice's name, and the coach's own address."""

    from_name: SenderName | None = UNCHANGED
    reply_to: Email | None = UNCHANGED


class InvoiceSettingsChanges(In):
    """What invoices say of the seller; `payment_terms_days` are days until they are due.

    `seller_country` null is the country of the practice's time zone. `default_tax_rate` is what a
    program's price includes, `tax_exempt_reason` why it includes none. Clients are reminded on
    `reminder_days`, counted from the day an invoice is due.
    """

    seller_name: SellerName | None = UNCHANGED
    seller_address: SellerAddress | None = UNCHANGED
    seller_country: CountryCode | None = UNCHANGED
    tax_id: TaxId | None = UNCHANGED
    bank_details: BankDetails | None = UNCHANGED
    default_tax_rate: TaxRate = UNCHANGED
    tax_exempt_reason: TaxExemptReason | None = UNCHANGED
    payment_terms_days: PaymentTerms = UNCHANGED
    number_prefix: NumberPrefix = UNCHANGED
    credit_note_prefix: NumberPrefix = UNCHANGED
    reminder_days: ReminderDays = UNCHANGED
    footer: Footer | None = UNCHANGED


class WorkspaceChanges(In):
    """What to change. What is left out stays, within the nested objects too.

    Every button in an e-mail leads to `portal_url`; null is the installation's own.
    """

    name: Name = UNCHANGED
    slug: Slug = UNCHANGED
    time_zone: TimeZone = UNCHANGED
    locale: Locale = UNCHANGED
    currency: Currency = UNCHANGED
    branding: BrandingChanges = UNCHANGED
    email: MailChanges = UNCHANGED
    portal_url: PortalUrl | None = UNCHANGED
    invoice_settings: InvoiceSettingsChanges = UNCHANGED


class BrandingOut(Out):
    """The practice's looks."""

    logo_file_id: UUID | None
    logo_url: str | None
    accent_color: str


class MailOut(Out):
    """How the practice writes; null where the practice's name or the coach's address serves."""

    from_name: str | None
    reply_to: str | None


class InvoiceSettingsOut(Out):
    """What invoices say of the seller."""

    seller_name: str | None
    seller_address: str | None
    seller_country: str | None
    tax_id: str | None
    bank_details: str | None
    default_tax_rate: str
    tax_exempt_reason: str | None
    payment_terms_days: int
    number_prefix: str
    credit_note_prefix: str
    reminder_days: list[int]
    footer: str | None


class WorkspaceOut(Out):
    """A practice."""

    id: UUID
    name: str
    slug: str
    time_zone: str
    locale: str
    currency: str
    branding: BrandingOut
    email: MailOut
    portal_url: str | None
    invoice_settings: InvoiceSettingsOut
    version: int
    created_at: datetime
    updated_at: datetime
