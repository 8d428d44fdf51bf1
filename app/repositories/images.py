"""A practice's pictures."""

from uuid import UUID

from sqlalchemy import Exists, exists, or_, select

from app.core.errors import NotFound
from app.models import CoachProfile, Image, Member, Program, Workspace
from app.repositories.base import Repository


class ImageRepository(Repository[Image]):
    """One practice's pictures."""

    model = Image

    async def hold(self, image_id: UUID) -> bool:
        """Whether there is such a picture; nobody can delete it until this transaction ends."""
        statement = (
            select(Image.id)
            .where(Image.workspace_id == self.workspace_id, Image.id == image_id)
            .with_for_update(read=True)
        )
        return await self.session.scalar(statement) is not None

    async def tag(self, image_id: UUID) -> str:
        """A digest of the picture, without reading it; NotFound when there is none."""
        statement = select(Image.etag).where(
            Image.workspace_id == self.workspace_id, Image.id == image_id
        )
        etag = await self.session.scalar(statement)
        if etag is None:
            raise NotFound
        return etag

    async def content(self, image_id: UUID) -> bytes | None:
        """The picture itself; None when there is none."""
        statement = select(Image.content).where(
            Image.workspace_id == self.workspace_id, Image.id == image_id
        )
        return await self.session.scalar(statement)

    async def is_shown(self, image_id: UUID) -> bool:
        """Whether it is the practice's logo, a program's cover, or a portrait of the team's."""
        places = (self._as_logo(image_id), self._as_cover(image_id), self._as_portrait(image_id))
        shown = select(or_(*places))
        return bool(await self.session.scalar(shown))

    def _as_logo(self, image_id: UUID) -> Exists:
        return exists().where(
            Workspace.workspace_id == self.workspace_id, Workspace.logo_file_id == image_id
        )

    def _as_cover(self, image_id: UUID) -> Exists:
        return exists().where(
            Program.workspace_id == self.workspace_id, Program.cover_file_id == image_id
        )

    def _as_portrait(self, image_id: UUID) -> Exists:
        return exists().where(
            CoachProfile.workspace_id == self.workspace_id,
            CoachProfile.photo_file_id == image_id,
            Member.workspace_id == CoachProfile.workspace_id,
            Member.id == CoachProfile.member_id,
            Member.removed_at.is_(None),
        )
