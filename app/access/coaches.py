"""The coach something belongs to: whoever asks, or the member of the team they name."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.core.errors import Invalid
from app.repositories.coaches import lock_coach


class NoSuchMember(Invalid):
    """`coach_id` names nobody who is of the practice's team now."""

    code, title = "no_such_member", "No such member of the team"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/coach_id"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


async def coach_or_self(session: AsyncSession, principal: Principal, coach_id: UUID | None) -> UUID:
    """The coach named, else the caller; others who change the same coach's things wait.

    Raises NoSuchMember (422).
    """
    coach_id = coach_id or principal.member_id
    if coach_id is None or not await lock_coach(session, principal.workspace_id, coach_id):
        raise NoSuchMember
    return coach_id
