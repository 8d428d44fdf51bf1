"""Why a wish can't be met."""

from collections.abc import Mapping

from app.core.errors import Invalid
from app.core.validation_errors import json_pointer


class UnknownEventType(Invalid):
    """No letter is written to the caller about such an event."""

    code, title = "unknown_event_type", "Nobody writes to you about this"


class ChoiceNotOffered(Invalid):
    """These letters can't be put off, or not be done without; `why` in the list says for what."""

    code, title = "choice_not_offered", "This choice is not offered"


def pointing(error: type[Invalid], details: Mapping[str, str]) -> Invalid:
    """The refusal, pointing at the choices it is about; `details` by event type."""
    return error(
        errors=[
            {
                "in": "body",
                "pointer": json_pointer(["choices", event_type]),
                "code": error.code,
                "detail": detail,
            }
            for event_type, detail in details.items()
        ]
    )
