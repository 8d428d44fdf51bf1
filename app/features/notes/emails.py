"""The letter that tells one side what the other shares with it."""

from collections.abc import Sequence

from app.access.correspondence import to_other_side
from app.core.events import RecordedEvent
from app.core.letters import Letter
from app.repositories.casts import Cast


def note_shared(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side, if the note is still shared and they may come in."""
    words = {"title": cast.shared_title(event)}
    template = "notes/note_shared"
    return to_other_side(event, cast, template, label="Read the note", place="notes", **words)
