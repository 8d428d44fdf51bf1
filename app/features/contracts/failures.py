"""Why a contract can't be made, sent or signed as asked."""

from collections.abc import Sequence
from typing import ClassVar

from app.core.errors import Conflict, Invalid

Problem = tuple[str, str, str]
"""Pointer, code and text."""


class WrongContractState(Conflict):
    """The contract has moved on: `status_now` tells where to."""

    code: ClassVar[str] = "contract_state"
    title: ClassVar[str] = "The contract is not in a state for this"

    def __init__(self, status: str) -> None:
        """Tell the present status."""
        super().__init__(f"It is {status}.", extra={"status_now": status})


class ContractChanged(Conflict):
    """Somebody changed the draft while it was being sent: look again."""

    code, title = "contract_changed", "The draft was changed meanwhile"


class ContractUnusable(Invalid):
    """What was given makes no contract that can be signed; `errors` names each reason."""

    code, title = "contract_unusable", "This can't be signed as it is"

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Point at each."""
        super().__init__(
            errors=[
                {"in": "body", "pointer": pointer, "code": code, "detail": detail}
                for pointer, code, detail in problems
            ]
        )


class VariablesMissing(Invalid):
    """Variables of the text have no value; `errors` names each."""

    code, title = "variables_missing", "Variables have no value"

    def __init__(self, names: Sequence[str]) -> None:
        """Name each."""
        super().__init__(
            errors=[
                {
                    "in": "body",
                    "pointer": f"/variables/{name}",
                    "code": "variable_missing",
                    "detail": f"{name} has no value",
                }
                for name in names
            ]
        )
        self.names = tuple(names)


class UnknownTemplate(Invalid):
    """The id names no template of this practice, or one that was put aside."""

    code, title = "unknown_template", "No such template"

    def __init__(self, pointer: str = "/template_id") -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": pointer}
        what = {"code": self.code, "detail": "Not a template of your practice"}
        super().__init__(errors=[{**where, **what}])


class DocumentUnusable(Invalid):
    """The file can't become a contract: not a PDF, encrypted, signed already, without pages."""

    code, title = "document_unusable", "This file can't be signed"


class LiveContractThere(Conflict):
    """The enrollment has a contract that goes on, or stands."""

    code, title = "contract_exists", "The enrollment has a contract already"


class NotYourTurn(Conflict):
    """Others sign first, or one's part is done."""

    code, title = "not_your_turn", "It is not your turn to sign"


class NotASigner(Conflict):
    """The contract is signed by others."""

    code, title = "not_a_signer", "You are not among those who sign this"


class ConsentMissing(Conflict):
    """Signing electronically has to be agreed to first."""

    code, title = "consent_missing", "Agree to sign electronically first"


class DisclosureChanged(Conflict):
    """The disclosure that was agreed to is not the one that is shown now."""

    code, title = "disclosure_changed", "The disclosure is another one now"


class DocumentChanged(Conflict):
    """The digest is not that of the document: what was read is not what would be signed."""

    code, title = "document_changed", "This is not the document you were shown"


class FieldsMissing(Invalid):
    """Fields that have to be filled in are empty, or are not yours; `errors` names each."""

    code, title = "fields_missing", "Fill in your fields"

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Point at each."""
        super().__init__(
            errors=[
                {"in": "body", "pointer": pointer, "code": code, "detail": detail}
                for pointer, code, detail in problems
            ]
        )
