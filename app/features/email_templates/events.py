"""What happens to the wording of letters."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class EmailTemplateEvent(DomainEvent):
    """Something about the wording of one letter."""

    template: str


@dataclass(frozen=True, kw_only=True)
class EmailTemplateChanged(EmailTemplateEvent):
    """The practice words it itself now."""

    type: ClassVar[str] = "email_template.changed"


@dataclass(frozen=True, kw_only=True)
class EmailTemplateReset(EmailTemplateEvent):
    """It says what it said at first."""

    type: ClassVar[str] = "email_template.reset"
