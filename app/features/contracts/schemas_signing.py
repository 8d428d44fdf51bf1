"""Contracts as signers see them, and what they do with them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.documents.merge_fields import MarkKind
from app.core.fields import In, Line, Out, Text
from app.core.paging import PageQuery
from app.features.contracts.schemas import Reason, Role, SignerStatus
from app.repositories.contracts import ContractFilter

ShownStatus = Literal["sent", "completing", "completed", "declined", "voided", "expired"]
Method = Literal["typed", "drawn", "uploaded"]
LONGEST_IMAGE = 700_000
"""Characters of base64: half a megabyte of picture."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Token = Annotated[str, Line(200)]
Values = Annotated[dict[UUID, Annotated[str, Text(2000, min_length=0)]], Field(max_length=500)]


class ConsentIn(In):
    """Agreement to do business electronically, to exactly this disclosure."""

    disclosure_sha256: Sha256
    accepted: Literal[True]


class SignIn(In):
    """A signature under the document whose digest it quotes.

    `typed` comes with a `text`; `drawn` and `uploaded` with an `image`: PNG or JPEG in base64.
    `fields` are the values of one's own fields, by their id: text as it is, `true` for a ticked
    checkbox. Signatures, dates and names fill themselves in.
    """

    method: Method
    text: Annotated[str, Line(100)] | None = None
    image: Annotated[str, StringConstraints(max_length=LONGEST_IMAGE)] | None = None
    document_sha256: Sha256
    fields: Values = {}

    @model_validator(mode="after")
    def _one_mark(self) -> Self:
        typed = self.method == "typed"
        if typed != (self.text is not None) or typed == (self.image is not None):
            raise ValueError("typed goes with text, drawn and uploaded go with image")
        return self


class ContractDeclineIn(In):
    """Why it won't be signed; the coach is told."""

    reason: Reason


class SigningTokenIn(In):
    """The token of the mailed link."""

    token: Token


class MailedConsentIn(ConsentIn):
    """The same with the token of the mailed link."""

    token: Token


class MailedSignIn(SignIn):
    """The same with the token of the mailed link."""

    token: Token


class MailedDeclineIn(ContractDeclineIn):
    """The same with the token of the mailed link."""

    token: Token


class PortalContractQuery(PageQuery):
    """Which contracts; newest first."""

    status: ShownStatus | None = None

    def filter(self) -> ContractFilter:
        """The conditions alone."""
        return ContractFilter(status=self.status)


class DisclosureOut(Out):
    """What is agreed to before one signs electronically."""

    version: str
    text: str
    sha256: str


class ContractPartyOut(Out):
    """Somebody else who signs, and how far they are."""

    role: Role
    name: str
    status: SignerStatus
    signed_at: datetime | None


class OwnFieldOut(Out):
    """A place that one fills in oneself; points from the page's top left."""

    id: UUID
    kind: MarkKind
    page: int
    x: float
    y: float
    w: float
    h: float
    required: bool
    label: str
    value: str | None


class SigningOut(Out):
    """One's own part in a contract; `can_sign` tells whether it is one's turn."""

    signer_id: UUID
    name: str
    status: SignerStatus
    can_sign: bool
    consented_at: datetime | None
    signed_at: datetime | None


class PortalContractOut(Out):
    """A contract as those see it who sign it."""

    id: UUID
    title: str
    message: str | None
    status: ShownStatus
    expires_at: datetime | None
    sent_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    document_sha256: str
    sealed_sha256: str | None
    parties: list[ContractPartyOut]
    signing: SigningOut | None
    version: int


class PortalContractDetailOut(PortalContractOut):
    """The same with what is to be filled in, and what is consented to before."""

    fields: list[OwnFieldOut]
    disclosure: DisclosureOut


class MailedContractOut(PortalContractDetailOut):
    """What whoever holds the mailed link sees; with the looks of the practice."""

    workspace_name: str
    coach_name: str
    logo_url: str | None
    accent_color: str
