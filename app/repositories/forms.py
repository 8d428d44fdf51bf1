"""Forms of a practice and their versions, read as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, and_, bindparam, func, select

from app.core.errors import NotFound
from app.models import Form, FormResponse, FormVersion
from app.repositories.base import Repository

FormCard = Row[*tuple[Any, ...]]
"""A form's columns without its definition; how many were asked, and how many have submitted."""

VersionCard = Row[*tuple[Any, ...]]
"""A version's number, title, sha256 and `published_at`."""

FIELDS = (
    "id",
    "title",
    "latest_number",
    "sha256",
    "published_sha256",
    "archived_at",
    "version",
    "created_at",
    "updated_at",
)


def _count(*statuses: str) -> Any:
    return (
        select(func.count())
        .where(
            FormResponse.workspace_id == Form.workspace_id,
            FormResponse.form_id == Form.id,
            FormResponse.status.in_(statuses),
        )
        .correlate(Form)
        .scalar_subquery()
    )


CARDS = (
    select(
        *(Form.__table__.c[name] for name in FIELDS),
        _count("draft").label("open_requests"),
        _count("submitted", "reviewed").label("submitted"),
    )
    .where(Form.workspace_id == bindparam("workspace_id"))
    .order_by(Form.id.desc())
    .limit(bindparam("row_limit"))
)

VERSIONS = (
    select(
        FormVersion.number,
        FormVersion.title,
        FormVersion.sha256,
        FormVersion.created_at.label("published_at"),
    )
    .where(
        FormVersion.workspace_id == bindparam("workspace_id"),
        FormVersion.form_id == bindparam("form_id"),
    )
    .order_by(FormVersion.number.desc())
    .limit(bindparam("row_limit"))
)

STATES = {
    None: Form.archived_at.is_(None),
    "archived": Form.archived_at.is_not(None),
    "published": and_(Form.archived_at.is_(None), Form.latest_number > 0),
    "draft": and_(Form.archived_at.is_(None), Form.latest_number == 0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFilter:
    """What forms must match; without a status those that are not archived do."""

    status: str | None = None
    search: str | None = None


class FormRepository(Repository[Form]):
    """One practice's forms."""

    model = Form

    async def page(
        self, chosen: FormFilter, *, before: UUID | None, limit: int
    ) -> Sequence[FormCard]:
        """Forms, newest first, before `before`; one more than `limit`, if there are."""
        statement = _page_statement(
            chosen.status, searched=chosen.search is not None, continued=before is not None
        )
        values = {"search": chosen.search, "before": before}
        found = await self.session.execute(
            statement,
            {
                "workspace_id": self.workspace_id,
                "row_limit": limit + 1,
                **{name: value for name, value in values.items() if value is not None},
            },
        )
        cards: Sequence[FormCard] = found.all()
        return cards

    async def versions(
        self, form_id: UUID, *, before: int | None, limit: int
    ) -> Sequence[VersionCard]:
        """A form's versions, the latest first; one more than `limit`, if there are."""
        statement = VERSIONS if before is None else VERSIONS.where(FormVersion.number < before)
        scope = {"workspace_id": self.workspace_id, "form_id": form_id, "row_limit": limit + 1}
        cards: Sequence[VersionCard] = (await self.session.execute(statement, scope)).all()
        return cards

    async def version(self, form_id: UUID, number: int) -> FormVersion:
        """One version of a form; NotFound when there is none of this number."""
        found = await self.session.scalar(
            select(FormVersion).where(
                FormVersion.workspace_id == self.workspace_id,
                FormVersion.form_id == form_id,
                FormVersion.number == number,
            )
        )
        if found is None:
            raise NotFound
        return found

    async def all_versions(self, form_id: UUID) -> Sequence[FormVersion]:
        """Every version of a form, the first one first."""
        found = await self.session.scalars(
            select(FormVersion)
            .where(
                FormVersion.workspace_id == self.workspace_id,
                FormVersion.form_id == form_id,
            )
            .order_by(FormVersion.number)
        )
        return found.all()


@lru_cache
def _page_statement(status: str | None, *, searched: bool, continued: bool) -> Select[Any]:
    statement = CARDS.where(STATES[status])
    if searched:
        wanted = func.lower(bindparam("search", type_=Text()))
        statement = statement.where(func.strpos(func.lower(Form.title), wanted) > 0)
    if continued:
        statement = statement.where(Form.id < bindparam("before"))
    return statement
