"""The fields a practice defined for its contacts."""

from collections.abc import Sequence

from sqlalchemy import func, select, text

from app.models import CustomField
from app.repositories.base import Repository

FORGET_VALUES = text("""
UPDATE contacts SET custom_fields = custom_fields - CAST(:key AS text)
WHERE workspace_id = :workspace_id AND custom_fields ? :key
""")


class CustomFieldRepository(Repository[CustomField]):
    """One practice's own fields."""

    model = CustomField

    async def defined(self) -> Sequence[CustomField]:
        """All fields, in the practice's order."""
        in_order = self.query().order_by(CustomField.position, CustomField.id)
        return (await self.session.scalars(in_order)).all()

    async def count(self) -> int:
        """How many fields there are."""
        counted = select(func.count()).select_from(self.query().subquery())
        return await self.session.scalar(counted) or 0

    async def forget_values(self, key: str) -> None:
        """Remove what contacts still hold under a key whose field was deleted.

        Nobody saw these values any more, so the contacts' versions stay.
        """
        await self.session.execute(FORGET_VALUES, {"workspace_id": self.workspace_id, "key": key})
