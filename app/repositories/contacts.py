"""Contacts of a practice: hot reads are column selects built once, writes one statement."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    tuple_,
)

from app.core.db import WAKE
from app.core.errors import NotFound
from app.core.events import DomainEvent
from app.models import Contact, Email
from app.repositories.base import Repository
from app.repositories.contact_filters import ContactFilter, condition
from app.repositories.recording import event_values, recorded

WRITTEN = (
    "first_name",
    "last_name",
    "email",
    "email_norm",
    "phone",
    "company",
    "job_title",
    "time_zone",
    "type",
    "tags",
    "coach_id",
    "custom_fields",
    "external_id",
    "source",
)
"""The columns whoever adds a contact decides on."""

CARD_FIELDS = (
    "id",
    *(name for name in WRITTEN if name != "email_norm"),
    "archived_at",
    "version",
    "created_at",
    "updated_at",
)
PORTAL_FIELDS = (
    "portal_status",
    "invited_at",
    "invite_expires_at",
    "invite_event_id",
    "activated_at",
    "last_active_at",
)
KEY_FIELDS = ("sort_name", "activity")
COLUMNS = tuple(Contact.__table__.c[name] for name in (*CARD_FIELDS, *PORTAL_FIELDS, *KEY_FIELDS))
"""What a contact's answer and its place in a list are made of."""

CARDS = (
    select(
        *COLUMNS,
        Email.status.label("invite_email_status"),
        Email.smtp_reply.label("invite_email_reply"),
    )
    .outerjoin(
        Email,
        and_(
            Email.workspace_id == Contact.workspace_id,
            Email.event_id == Contact.invite_event_id,
        ),
    )
    .where(Contact.workspace_id == bindparam("workspace_id"))
)

CARD = CARDS.where(Contact.id == bindparam("contact_id"))

ADD = recorded(
    insert(Contact)
    .values({name: bindparam(name) for name in ("workspace_id", "id", *WRITTEN)})
    .returning(*COLUMNS)
)

COUNTS = (
    select(Contact.portal_status, func.count())
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.archived_at.is_(None))
    .group_by(Contact.portal_status)
)

SORTS: dict[str, Any] = {
    "created_at": Contact.id,  # a UUIDv7 is sorted by the time it was made
    "name": Contact.sort_name,
    "last_active_at": Contact.activity,
}

ContactCard = Row[*tuple[Any, ...]]
"""A contact as columns: COLUMNS, and how its last invite fared."""


class ContactRepository(Repository[Contact]):
    """One practice's contacts."""

    model = Contact

    async def create(self, values: dict[str, Any], event: DomainEvent) -> ContactCard:
        """Add a contact and record its event: one statement. `values` has all of WRITTEN."""
        result = await self.session.execute(
            ADD, {"workspace_id": self.workspace_id, **values, **event_values(event)}
        )
        self.session.info[WAKE] = True
        card: ContactCard = result.one()
        return card

    async def card(self, contact_id: UUID) -> ContactCard:
        """One contact; NotFound for a stranger's."""
        result = await self.session.execute(
            CARD, {"workspace_id": self.workspace_id, "contact_id": contact_id}
        )
        card = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(
        self,
        chosen: ContactFilter,
        *,
        sort: str,
        descending: bool,
        after: tuple[Any, ...] | None,
        limit: int,
    ) -> Sequence[ContactCard]:
        """Contacts in order, after the position `after`; one more than `limit`, if there are.

        A position is the sort's value and the id, or just the id where that is the order.
        """
        statement = _page_statement(
            chosen.shape, sort, descending=descending, continued=after is not None
        )
        position = {"after_value": after[0], "after_id": after[-1]} if after else {}
        result = await self.session.execute(
            statement,
            {
                "workspace_id": self.workspace_id,
                **chosen.values,
                **position,
                "row_limit": limit + 1,
            },
        )
        cards: Sequence[ContactCard] = result.all()
        return cards

    async def counts(self) -> dict[str, int]:
        """How many unarchived contacts there are per portal status."""
        result = await self.session.execute(COUNTS, {"workspace_id": self.workspace_id})
        return {row[0]: row[1] for row in result}


@lru_cache(maxsize=1024)
def _page_statement(
    shape: tuple[str, ...], sort: str, *, descending: bool, continued: bool
) -> Select[Any]:
    column = SORTS[sort]
    keys = [Contact.id] if column is Contact.id else [column, Contact.id]
    statement = CARDS.where(*(condition(name) for name in shape))
    if continued:
        statement = statement.where(_beyond(keys, descending=descending))
    order = [key.desc() if descending else key.asc() for key in keys]
    return statement.order_by(*order).limit(bindparam("row_limit"))


def _beyond(keys: list[Any], *, descending: bool) -> ColumnElement[bool]:
    there: list[BindParameter[Any]] = [bindparam("after_value"), bindparam("after_id")]
    here, position = tuple_(*keys), tuple_(*there[-len(keys) :])
    return here < position if descending else here > position
