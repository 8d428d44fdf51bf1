"""Why a template can't be kept or printed as asked."""

from collections.abc import Sequence

from app.core.documents.failures import DocumentFailure
from app.core.errors import Conflict, Invalid

Problem = tuple[str, str, str]
"""Pointer, code and text."""


class TemplateUnusable(Invalid):
    """The text has variables or places to sign that can't be filled in; `errors` names each."""

    code, title = "template_unusable", "The text can't be filled in"

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Point at each."""
        super().__init__(
            errors=[
                {"in": "body", "pointer": pointer, "code": code, "detail": detail}
                for pointer, code, detail in problems
            ]
        )


class TemplateNotPrintable(Invalid):
    """The text can't be typeset, say because it would take minutes."""

    code, title = "template_not_printable", "The text can't be typeset"

    @classmethod
    def because(cls, failure: DocumentFailure) -> "TemplateNotPrintable":
        """Tell what the press said."""
        return cls(failure.detail)


class TemplateInUse(Conflict):
    """A contract or a program refers to the template: archive it instead."""

    code, title = "template_in_use", "This template is in use: archive it instead"
