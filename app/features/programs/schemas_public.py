"""A program's public page, and signing up there."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from app.access.password_rules import NewPassword
from app.access.sign_in import SignedInOut
from app.core.fields import Email, In, Line, Name, Out, TimeZone
from app.features.programs.schemas import PaymentPlan, PriceOut

LastName = Annotated[str, Line(100, min_length=0)]
Token = Annotated[str, Line(200)]


class PracticeOut(Out):
    """The practice whose page it is."""

    name: str
    coach_name: str
    logo_url: str | None
    accent_color: str


class IncludedOut(Out):
    """What the program includes: so many sessions, or minutes, of a kind."""

    name: str
    duration_minutes: int
    sessions: int | None
    minutes: int | None


class PublicProgramOut(Out):
    """A program as anybody sees it. `sign_up_open`: whether one can sign up on the page."""

    name: str
    slug: str
    description_html: str
    cover_url: str | None
    duration_weeks: int | None
    price: PriceOut
    payment_plan: PaymentPlan
    installment_count: int
    includes: list[IncludedOut]
    sign_up_open: bool
    practice: PracticeOut


class SignUpIn(In):
    """Who wants to take part; an e-mail asks whether the address is theirs."""

    email: Email
    first_name: Name
    last_name: LastName = ""
    time_zone: TimeZone | None = None


class SignUpMailedOut(Out):
    """A link is on its way to the address, whoever has it; it works for `expires_in` seconds."""

    expires_in: int


class SignUpTokenIn(In):
    """The token of the mailed link."""

    token: Token


class SignUpLookupOut(Out):
    """What a sign-up's link says to whoever holds it."""

    program_name: str
    masked_email: str
    first_name: str
    last_name: str
    account_exists: bool
    expires_at: datetime
    practice: PracticeOut


class ConfirmIn(In):
    """Coming in: with a password for a new account, or signed in to the one there is."""

    token: Token
    password: NewPassword | None = None
    first_name: Name | None = None
    last_name: LastName | None = None
    time_zone: TimeZone | None = None


class ConfirmedOut(SignedInOut):
    """Tokens for the practice's portal, and the enrollment that came about."""

    enrollment_id: UUID
