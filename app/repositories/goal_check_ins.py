"""The check-ins of one goal: its way over time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import GoalCheckIn
from app.repositories.base import Repository
from app.repositories.goal_cards import CHECK_INS, CheckInCard

MOST_POINTS = 1000
"""Points of a series at most: more than a screen has pixels for."""

NEWEST_FIRST = CHECK_INS.order_by(GoalCheckIn.at.desc(), GoalCheckIn.id.desc()).limit(
    bindparam("row_limit")
)
AFTER = NEWEST_FIRST.where(
    tuple_(GoalCheckIn.at, GoalCheckIn.id) < tuple_(bindparam("at"), bindparam("before"))
)
CARD = CHECK_INS.where(GoalCheckIn.id == bindparam("check_in_id"))


class CheckInRepository(Repository[GoalCheckIn]):
    """The check-ins of one goal, whoever made them."""

    model = GoalCheckIn

    def __init__(self, session: AsyncSession, workspace_id: UUID, goal_id: UUID) -> None:
        """Speak through `session`, about this goal's check-ins only."""
        super().__init__(session, workspace_id)
        self.goal_id = goal_id

    def query(self) -> Select[GoalCheckIn]:
        """A select that starts within the goal."""
        return super().query().where(GoalCheckIn.goal_id == self.goal_id)

    async def card(self, check_in_id: UUID) -> CheckInCard:
        """A check-in that is known to be there."""
        values = {**self._scope(), "check_in_id": check_in_id}
        card: CheckInCard = (await self.session.execute(CARD, values)).one()
        return card

    async def page(
        self, position: tuple[datetime, UUID] | None, *, limit: int
    ) -> Sequence[CheckInCard]:
        """Check-ins, the latest first, beyond `position`; one more than `limit`, if there are."""
        values = {**self._scope(), "row_limit": limit + 1}
        if position is not None:
            values |= {"at": position[0], "before": position[1]}
        result = await self.session.execute(NEWEST_FIRST if position is None else AFTER, values)
        cards: Sequence[CheckInCard] = result.all()
        return cards

    async def series(
        self, *, since: datetime | None, until: datetime | None
    ) -> Sequence[Row[datetime, float | None]]:
        """The last MOST_POINTS values between two instants, the earliest first."""
        statement = select(GoalCheckIn.at, GoalCheckIn.value).where(
            GoalCheckIn.workspace_id == self.workspace_id,
            GoalCheckIn.goal_id == self.goal_id,
            GoalCheckIn.value.is_not(None),
        )
        if since is not None:
            statement = statement.where(GoalCheckIn.at >= since)
        if until is not None:
            statement = statement.where(GoalCheckIn.at < until)
        latest = statement.order_by(GoalCheckIn.at.desc(), GoalCheckIn.id.desc())
        result = await self.session.execute(latest.limit(MOST_POINTS))
        return result.all()[::-1]

    async def latest(self) -> GoalCheckIn | None:
        """The last one that has a value."""
        valued = self.query().where(GoalCheckIn.value.is_not(None))
        ordered = valued.order_by(GoalCheckIn.at.desc(), GoalCheckIn.id.desc())
        return await self.session.scalar(ordered.limit(1))

    def _scope(self) -> dict[str, object]:
        return {"workspace_id": self.workspace_id, "goal_id": self.goal_id}
