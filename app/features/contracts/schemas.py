"""Contracts as the team makes them and sees them."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.documents.merge_fields import MarkKind
from app.core.fields import UNCHANGED, Email, Filters, In, Instant, Line, Name, Out, Text
from app.core.paging import PageQuery
from app.repositories.contracts import ContractFilter

StatusName = Literal["draft", "sent", "completing", "completed", "declined", "voided", "expired"]
SignerStatus = Literal[
    "waiting", "notified", "viewed", "consented", "signed", "declined", "expired"
]
Role = Literal["client", "coach", "cc"]
Title = Annotated[str, Line(150)]
Message = Annotated[str, Text(1000)]
Body = Annotated[str, Text(100_000)]
Who = Annotated[str, StringConstraints(pattern=r"^(client|coach|cc)([2-9]|1[0-9]|20)?$")]
VariableName = Annotated[
    str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")
]
Variables = Annotated[
    dict[VariableName, Annotated[str, Text(2000, min_length=0)]], Field(max_length=100)
]
Reason = Annotated[str, Text(1000)]


class SignerIn(In):
    """Somebody who signs, or gets copies.

    A `client` without a name and address is the contact; with both it is somebody else, say a
    partner, who signs with what is mailed to them. A `coach` is the member named, else the
    contact's coach. A `cc` has a name and an address, and blocks nobody.
    """

    role: Role
    order: Annotated[int, Field(ge=1, le=20)] = 1
    """Whose turn it is; equal numbers sign in parallel."""
    member_id: UUID | None = None
    name: Name | None = None
    email: Email | None = None

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        named = self.name is not None and self.email is not None
        if (self.name is None) != (self.email is None):
            raise ValueError("name and email belong together")
        if self.role == "cc" and not named:
            raise ValueError("a cc needs a name and an email")
        if self.role == "coach" and named:
            raise ValueError("a coach is a member of the team")
        if self.role != "coach" and self.member_id is not None:
            raise ValueError("only a coach has a member_id")
        return self


Signers = Annotated[list[SignerIn], Field(min_length=1, max_length=20)]
Points = Annotated[float, Field(ge=0, le=20_000)]
Size = Annotated[float, Field(ge=4, le=20_000)]


class FieldIn(In):
    """A place on a page of an uploaded PDF that a signer fills in.

    `x`, `y`, `w`, `h` are points (1/72 inch) from the top left of the page as it is seen.
    """

    kind: MarkKind
    signer: Who
    """`client`, `client2`, … in the order in which the signers are listed."""
    page: Annotated[int, Field(ge=1, le=2000)]
    x: Points
    y: Points
    w: Size
    h: Size
    required: bool = True
    label: Annotated[str, Line(80, min_length=0)] = ""


Fields = Annotated[list[FieldIn], Field(max_length=500)]


class ContractIn(In):
    """A new draft: from a template, or from an uploaded PDF with fields placed on it."""

    contact_id: UUID
    template_id: UUID | None = None
    file_id: UUID | None = None
    enrollment_id: UUID | None = None
    """An enrollment of the contact's that waits for it."""
    title: Title | None = None
    """The template's, or the file's, name unless another is given."""
    message: Message | None = None
    """Shown to the signers above the button."""
    variables: Variables = {}
    """What the practice doesn't know itself: the template's own variables, or other values."""
    signers: Signers = [SignerIn(role="client")]
    fields: Fields = []
    """For an uploaded PDF; a template has its own places to sign."""
    expires_at: Instant | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.template_id is None) == (self.file_id is None):
            raise ValueError("either template_id or file_id is needed")
        if self.template_id is not None and self.fields:
            raise ValueError("fields are for uploaded files; templates mark their own places")
        return self


class ContractChanges(In):
    """What to change in a draft. What is left out stays; lists are replaced as a whole."""

    title: Title = UNCHANGED
    message: Message | None = UNCHANGED
    body: Body = UNCHANGED
    variables: Variables = UNCHANGED
    signers: Signers = UNCHANGED
    fields: Fields = UNCHANGED
    expires_at: Instant | None = UNCHANGED


class VoidIn(In):
    """Why it is taken back; the signers are told."""

    reason: Reason


class ContractQuery(PageQuery):
    """Which contracts; newest first."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    status: StatusName | None = None

    def filter(self) -> ContractFilter:
        """The conditions alone."""
        return ContractFilter(**self.model_dump(exclude={"cursor", "limit"}))


class DocumentQuery(Filters):
    """Which of the contract's documents."""

    version: Literal["current", "original"] = "current"
    """`current` is the sealed one once there is one; `original` the bytes that were signed."""


class SignerOut(Out):
    """A signer, and how far they are. `who` is what the document's places call them."""

    id: UUID
    role: Role
    who: str
    order: int
    contact_id: UUID | None
    member_id: UUID | None
    name: str
    email: str | None
    status: SignerStatus
    notified_at: datetime | None
    viewed_at: datetime | None
    consented_at: datetime | None
    signed_at: datetime | None
    declined_at: datetime | None
    reminders: int
    reminded_at: datetime | None


class ContractOut(Out):
    """A contract as the team sees it.

    `document_sha256` is the digest of what is signed, `sealed_sha256` that of the completed PDF.
    `last_error` is why it could not be sent, or sealed, by itself.
    """

    id: UUID
    contact_id: UUID
    author_id: UUID | None
    template_id: UUID | None
    enrollment_id: UUID | None
    title: str
    message: str | None
    status: StatusName
    signers: list[SignerOut]
    expires_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    document_sha256: str | None
    sealed_sha256: str | None
    last_error: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class PageOut(Out):
    """A page's size in points, as it is seen."""

    width: float
    height: float


class FieldOut(Out):
    """A place on a page; `value` is what was filled in."""

    id: UUID
    kind: MarkKind
    signer: str
    page: int
    x: float
    y: float
    w: float
    h: float
    required: bool
    label: str
    value: str | None


class ContractDetailOut(ContractOut):
    """The same with what it is made of: `body` for a text, `pages` for an uploaded PDF."""

    body: str | None
    pages: list[PageOut]
    variables: dict[str, Any]
    fields: list[FieldOut]


class AuditEntryOut(Out):
    """Something that happened; `hash` is SHA-256 over it and the hash before it."""

    seq: int
    at: datetime
    type: str
    actor: dict[str, Any]
    data: dict[str, Any]
    prev_hash: str
    hash: str


class AuditOut(Out):
    """A contract's whole log, and whether each entry still vouches for those before it."""

    verified: bool
    broken_at: int | None
    head: str
    entries: list[AuditEntryOut]
