"""Letters about assignments: clients learn what is to be done, coaches what was."""

from collections.abc import Sequence
from typing import Any

from app.access.correspondence import to_client, to_coach
from app.core.events import RecordedEvent
from app.core.letters import Letter
from app.repositories.casts import Cast


def assigned(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client what there is to do, unless it came with a program."""
    if event.data.get("by_program"):
        return []
    return _to_client(event, cast, "assigned")


def returned(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that another try is asked for."""
    return _to_client(event, cast, "returned")


def completed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client that the coach is content."""
    return _to_client(event, cast, "completed")


def due_soon(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client, a day before."""
    return _to_client(event, cast, "due_soon")


def overdue(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client, a day after."""
    return _to_client(event, cast, "overdue")


def submitted(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach what was handed in."""
    return _to_coach(event, cast, "submitted")


def late(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that nothing was handed in."""
    return _to_coach(event, cast, "late")


def _to_client(event: RecordedEvent, cast: Cast, name: str) -> Sequence[Letter]:
    return to_client(event, cast, f"assignments/{name}", **_words(event))


def _to_coach(event: RecordedEvent, cast: Cast, name: str) -> Sequence[Letter]:
    return to_coach(event, cast, f"assignments/{name}", **_words(event))


def _words(event: RecordedEvent) -> dict[str, Any]:
    facts = {name: event.data[name] for name in ("title", "due_at")}
    return {"label": "Open the assignment", "place": "assignments", **facts}
