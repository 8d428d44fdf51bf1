"""A practice's own words in its letters."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import now
from app.core.ids import new_id
from app.models import EmailWording
from app.repositories.base import Repository


class WordingRepository(Repository[EmailWording]):
    """One practice's wordings, at most one for a template."""

    model = EmailWording

    async def all(self) -> Mapping[str, EmailWording]:
        """Every one, by template."""
        return {one.template: one for one in await self.session.scalars(self.query())}

    async def of(self, template: str) -> EmailWording | None:
        """The one for this template, if there is one."""
        query = self.query().where(EmailWording.template == template)
        wording: EmailWording | None = await self.session.scalar(query)
        return wording

    async def put(self, template: str, *, subject: str | None, intro: str | None) -> None:
        """Keep these words in place of any before."""
        said = {"subject": subject, "intro": intro, "updated_at": now()}
        new = {"workspace_id": self.workspace_id, "id": new_id(), "template": template}
        made = insert(EmailWording).values(**new, **said)
        same = [EmailWording.workspace_id, EmailWording.template]
        await self.session.execute(made.on_conflict_do_update(index_elements=same, set_=said))

    async def remove(self, template: str) -> bool:
        """Go back to the standard words; False where there were no others."""
        removed = await self.session.scalar(
            delete(EmailWording)
            .where(
                EmailWording.workspace_id == self.workspace_id, EmailWording.template == template
            )
            .returning(EmailWording.id)
        )
        return removed is not None
