"""What coaches show of themselves."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from app.core.errors import NotFound
from app.core.ids import new_id
from app.models import CoachProfile, Contact, Member, User
from app.repositories.base import Repository

PROFILE_OF_MEMBER = and_(
    CoachProfile.workspace_id == Member.workspace_id, CoachProfile.member_id == Member.id
)

SHOWN = (
    CoachProfile.headline,
    CoachProfile.bio,
    CoachProfile.photo_file_id,
    CoachProfile.email,
    CoachProfile.phone,
    CoachProfile.website,
    CoachProfile.social_links,
    CoachProfile.visibility,
)

COACH_OF_CONTACT = (
    select(func.coalesce(CoachProfile.display_name, User.name).label("display_name"), *SHOWN)
    .select_from(Contact)
    .join(
        Member,
        and_(Member.workspace_id == Contact.workspace_id, Member.removed_at.is_(None)),
    )
    .join(User, User.id == Member.user_id)
    .outerjoin(CoachProfile, PROFILE_OF_MEMBER)
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == bindparam("contact_id"))
    .order_by(
        func.coalesce(Member.id == Contact.coach_id, False).desc(),
        Member.role != "owner",
        Member.id,
    )
    .limit(1)
)

CoachRow = Row[*tuple[Any, ...]]
"""display_name, and what SHOWN names; all but the name may be None."""


class ProfileRepository(Repository[CoachProfile]):
    """One practice's profiles."""

    model = CoachProfile

    async def of_member(self, member_id: UUID) -> CoachProfile:
        """A member's profile; one they never wrote has their name, and is not kept yet."""
        result = await self.session.execute(
            select(Member.created_at, User.name, CoachProfile)
            .join(User, User.id == Member.user_id)
            .outerjoin(CoachProfile, PROFILE_OF_MEMBER)
            .where(Member.workspace_id == self.workspace_id, Member.id == member_id)
        )
        row = result.one_or_none()
        if row is None:
            raise NotFound
        joined, name, profile = row
        return profile or self._unwritten(member_id, name, updated_at=joined)

    def _unwritten(self, member_id: UUID, name: str, **more: Any) -> CoachProfile:
        return CoachProfile(
            workspace_id=self.workspace_id,
            member_id=member_id,
            display_name=name,
            social_links={},
            visibility={},
            version=1,
            **more,
        )

    async def of_member_to_write(self, member_id: UUID) -> CoachProfile:
        """A member's profile, locked; made when there is none, once for all who ask at once."""
        profile = await self._locked(member_id)
        if profile is None:
            await self._begin(member_id)
            profile = await self._locked(member_id)
        if profile is None:
            raise NotFound
        return profile

    async def _locked(self, member_id: UUID) -> CoachProfile | None:
        statement = self.query().where(CoachProfile.member_id == member_id)
        return await self.session.scalar(statement.with_for_update(key_share=True))

    async def _begin(self, member_id: UUID) -> None:
        unwritten = await self.of_member(member_id)
        await self.session.execute(
            insert(CoachProfile)
            .values(
                id=new_id(),
                workspace_id=self.workspace_id,
                member_id=member_id,
                display_name=unwritten.display_name,
            )
            .on_conflict_do_nothing(
                index_elements=[CoachProfile.workspace_id, CoachProfile.member_id]
            )
        )

    async def coach_of(self, contact_id: UUID) -> CoachRow:
        """The contact's coach, else the oldest owner; NotFound for a stranger's contact."""
        result = await self.session.execute(
            COACH_OF_CONTACT, {"workspace_id": self.workspace_id, "contact_id": contact_id}
        )
        row: CoachRow | None = result.one_or_none()
        if row is None:
            raise NotFound
        return row
