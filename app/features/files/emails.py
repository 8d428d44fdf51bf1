"""The letter that tells one side which file the other shows it."""

from collections.abc import Sequence

from app.access.correspondence import to_other_side
from app.core.events import RecordedEvent
from app.core.letters import Letter
from app.repositories.casts import Cast


def file_shared(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side, if the file is still shown and they may come in."""
    words = {"name": cast.shared_title(event)}
    template = "files/file_shared"
    return to_other_side(event, cast, template, label="Open the file", place="files", **words)
