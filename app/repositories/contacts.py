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
    bindparam,
    exists,
    func,
    insert,
    select,
    text,
    tuple_,
)

from app.core.db import WAKE, fetch
from app.core.errors import NotFound
from app.core.events import DomainEvent
from app.models import Contact, Member
from app.repositories.base import Repository
from app.repositories.contact_cards import CARD, CARDS, NEW_CARD, WRITTEN, ContactCard
from app.repositories.contact_filters import ContactFilter, condition
from app.repositories.recording import event_values, recorded

ADD = recorded(
    insert(Contact)
    # no parameter may be called like a column, or it becomes one of the event's and the job's
    .values({name: bindparam(f"new_{name}") for name in ("workspace_id", "id", *WRITTEN)})
    .returning(*NEW_CARD)
)

COUNTS = (
    select(Contact.portal_status, func.count())
    .where(Contact.workspace_id == bindparam("workspace_id"))
    .group_by(Contact.portal_status)
)

ON_TEAM = select(
    exists().where(
        Member.workspace_id == bindparam("workspace_id"),
        Member.id == bindparam("member_id"),
        Member.removed_at.is_(None),
    )
)

TAGS = text("""
SELECT (array_agg(spelling ORDER BY found DESC, spelling))[1] AS tag,
  cast(sum(found) AS bigint) AS contacts
FROM (
  SELECT key, spelling, count(*) AS found
  FROM contacts, unnest(tags, tag_keys) AS tagged(spelling, key)
  WHERE workspace_id = :workspace_id AND archived_at IS NULL
  GROUP BY key, spelling
) AS spellings
GROUP BY key
ORDER BY contacts DESC, key
LIMIT :most
""")
"""Each tag as it is spelt most often; the most used first."""

SORTS: dict[str, Any] = {
    "created_at": Contact.id,  # a UUIDv7 is sorted by the time it was made
    "name": Contact.sort_name,
    "last_active_at": Contact.activity,
}


class ContactRepository(Repository[Contact]):
    """One practice's contacts."""

    model = Contact

    async def create(self, values: dict[str, Any], event: DomainEvent) -> ContactCard:
        """Add a contact and record its event: one statement. `values` has all of WRITTEN."""
        result = await self.session.execute(
            ADD,
            {
                "new_workspace_id": self.workspace_id,
                **{f"new_{name}": value for name, value in values.items()},
                **event_values(event),
            },
        )
        self.session.info[WAKE] = True
        card: ContactCard = result.one()
        return card

    async def card(self, contact_id: UUID) -> ContactCard:
        """One contact; NotFound for a stranger's."""
        values = {"workspace_id": self.workspace_id, "contact_id": contact_id}
        result = await fetch(self.session, CARD, values)
        card = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def with_email(self, email_norm: str) -> Contact | None:
        """The contact with this address in its normalised form, locked; None without one."""
        statement = self.query().where(Contact.email_norm == email_norm)
        return await self.session.scalar(statement.with_for_update(key_share=True))

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
        values = {"workspace_id": self.workspace_id, **chosen.values, **position}
        result = await fetch(self.session, statement, values | {"row_limit": limit + 1})
        cards: Sequence[ContactCard] = result.all()
        return cards

    async def counts(self, chosen: ContactFilter) -> dict[str, int]:
        """How many contacts there are per portal status; statuses without any are left out."""
        values = {"workspace_id": self.workspace_id, **chosen.values}
        result = await fetch(self.session, _count_statement(chosen.shape), values)
        return {row[0]: row[1] for row in result}

    async def tags(self, *, most: int) -> Sequence[Row[Any]]:
        """The tags of unarchived contacts: `tag` and how many `contacts` have it."""
        result = await self.session.execute(TAGS, {"workspace_id": self.workspace_id, "most": most})
        return result.all()

    async def is_on_team(self, member_id: UUID) -> bool:
        """Whether this is a present member of the practice."""
        answer = await self.session.scalar(
            ON_TEAM, {"workspace_id": self.workspace_id, "member_id": member_id}
        )
        return bool(answer)


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


@lru_cache(maxsize=256)
def _count_statement(shape: tuple[str, ...]) -> Select[str, int]:
    return COUNTS.where(*(condition(name) for name in shape))
