"""Why a wording can't be kept."""

from collections.abc import Sequence

from app.core.errors import Invalid


class UnknownVariables(Invalid):
    """The letter has no such words; its `variables` are those it has."""

    code, title = "unknown_variables", "The letter has no such variables"

    def __init__(self, found: Sequence[tuple[str, str]]) -> None:
        """Point at each text, with the variable as it was typed."""
        super().__init__(
            errors=[
                {
                    "in": "body",
                    "pointer": f"/{part}",
                    "code": self.code,
                    "detail": f"{typed[:100]} is none of this letter's variables.",
                }
                for part, typed in found
            ]
        )
