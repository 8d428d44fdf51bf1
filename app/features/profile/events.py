"""What happens to coaches' profiles."""

from dataclasses import dataclass

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ProfileUpdated(DomainEvent):
    """A coach shows other things of themselves now; `subject_id` is the member.

    `changed` names the fields, like `bio` and `visibility.phone`.
    """

    type = "profile.updated"

    changed: tuple[str, ...]
