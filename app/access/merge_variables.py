"""The variables that texts of a practice may use, where each comes from, and their values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from babel.dates import format_date
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.contacts import UnknownContact, UnknownProgram
from app.core.amounts import amount_in_words, locale_of
from app.core.clock import day_in
from app.repositories.merge_values import (
    facts_of_contact,
    facts_of_program,
    facts_of_workspace,
)

Source = Literal["contact", "coach", "workspace", "program", "document", "custom"]
OWN_PREFIX = "custom."
"""What a text declares itself."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A name, what it is called in a form, and what it may look like."""

    name: str
    label: str
    sample: str

    @property
    def source(self) -> Source:
        """Where its value comes from."""
        return cast("Source", self.name.partition(".")[0])


CATALOGUE: Mapping[str, Variable] = {
    one.name: one
    for one in (
        Variable("contact.name", "The client's whole name", "Ada Lovelace"),
        Variable("contact.first_name", "The client's first name", "Ada"),
        Variable("contact.last_name", "The client's last name", "Lovelace"),
        Variable("contact.email", "The client's e-mail address", "ada@example.com"),
        Variable("contact.phone", "The client's telephone number", "+44 20 7946 0018"),
        Variable("contact.company", "The client's company", "Engines & Co"),
        Variable("contact.job_title", "What the client does there", "Analyst"),
        Variable("coach.name", "The coach's name", "Maya Okafor"),
        Variable("coach.email", "The coach's e-mail address", "maya@example.com"),
        Variable("workspace.name", "The practice's name", "Okafor Coaching"),
        Variable("workspace.seller_name", "The practice's legal name", "Okafor Coaching Ltd"),
        Variable("workspace.seller_address", "The practice's address", "1 Lake Road\nBerlin"),
        Variable("workspace.tax_id", "The practice's tax number", "DE123456789"),
        Variable("program.name", "The program's name", "Leading with a clear head"),
        Variable("program.price", "The program's price", "€1,200.00"),
        Variable("program.duration_weeks", "How many weeks it takes", "12"),
        Variable("document.date", "The day the document is made", "November 27, 2026"),
    )
}
"""By name; texts add their own under `custom.`."""


async def values_for(
    session: AsyncSession,
    workspace_id: UUID,
    *,
    contact_id: UUID | None = None,
    program_id: UUID | None = None,
    at: datetime,
) -> dict[str, str]:
    """The values that are known, by name; a name without one is left out.

    Raises UnknownContact and UnknownProgram (422).
    """
    workspace = await facts_of_workspace(session, workspace_id)
    day = day_in(workspace.time_zone, at)
    values = {
        "workspace.name": workspace.workspace_name,
        **{f"workspace.{name}": workspace.invoice_settings.get(name) for name in SELLER},
        "document.date": format_date(day, "long", locale=locale_of(workspace.locale)),
    }
    if contact_id:
        values |= await _of_contact(session, workspace_id, contact_id)
    if program_id:
        values |= await _of_program(session, workspace_id, program_id, workspace.locale)
    return {name: str(value) for name, value in values.items() if value}


SELLER = ("seller_name", "seller_address", "tax_id")


async def _of_contact(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID
) -> dict[str, str | None]:
    found = await facts_of_contact(session, workspace_id, contact_id)
    if found is None:
        raise UnknownContact
    contact, coach = found
    return {
        "contact.name": f"{contact['first_name']} {contact['last_name']}".strip(),
        **{f"contact.{name}": value for name, value in contact.items()},
        "coach.name": coach.name,
        "coach.email": coach.email,
    }


async def _of_program(
    session: AsyncSession, workspace_id: UUID, program_id: UUID, locale: str
) -> dict[str, str | None]:
    program = await facts_of_program(session, workspace_id, program_id)
    if program is None:
        raise UnknownProgram
    return {
        "program.name": program.name,
        "program.price": amount_in_words(program.price_minor, program.currency, locale),
        "program.duration_weeks": program.duration_weeks,
    }
