"""What happens to a practice."""

from dataclasses import dataclass

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class WorkspaceUpdated(DomainEvent):
    """Some of a practice's settings have other values now, named like `branding.accent_color`."""

    type = "workspace.updated"

    changed: tuple[str, ...]
