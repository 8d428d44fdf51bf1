"""Goals of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Goal, GoalMilestone
from app.repositories.audiences import Side
from app.repositories.base import Repository
from app.repositories.goal_cards import CARDS, condition
from app.repositories.goal_check_ins import CheckInRepository
from app.repositories.narrowing import Cards
from app.repositories.two_sided import TwoSidedRepository
from app.repositories.zones import zone_of

UNTOLD: dict[Side, str] = {"member": "untold_by_member", "client": "untold_by_client"}
NONE_YET = {"current_value": None, "checked_in_at": None}


class GoalRepository(TwoSidedRepository[Goal]):
    """The goals an audience sees: the team all of its practice's, a client their own."""

    model = Goal
    cards = Cards(CARDS, condition)

    async def remember_untold(self, goal: Goal, side: Side, changed: Sequence[str]) -> None:
        """Note what this side changed of a goal whose row is locked, to be told later.

        No edit of the goal: its version stays.
        """
        column = UNTOLD[side]
        untold = sorted({*getattr(goal, column), *changed})
        await self._note(goal, **{column: untold})

    async def take_untold(self, goal: Goal, side: Side) -> Sequence[str]:
        """What this side changed of a locked goal and nobody was told of; told from now on."""
        column = UNTOLD[side]
        untold: Sequence[str] = getattr(goal, column)
        await self._note(goal, **{column: []})
        return untold

    async def follow_check_ins(self, goal: Goal) -> None:
        """Let a goal, whose row is locked, say what its latest check-in says."""
        check_ins = CheckInRepository(self.session, self.workspace_id, goal.id)
        last = await check_ins.latest()
        values = {"current_value": last.value, "checked_in_at": last.at} if last else NONE_YET
        await self._note(goal, **values)

    async def _note(self, goal: Goal, **values: Any) -> None:
        kept = {"updated_at": Goal.updated_at, **values}
        await self.session.execute(
            update(Goal)
            .where(Goal.workspace_id == self.workspace_id, Goal.id == goal.id)
            .values(kept)
            .execution_options(synchronize_session=False)
        )
        await self.session.refresh(goal, list(values))

    async def zone_of(self, contact_id: UUID) -> str:
        """The IANA zone the contact lives by."""
        return await zone_of(self.session, self.workspace_id, contact_id)


class MilestoneRepository(Repository[GoalMilestone]):
    """The milestones of one goal."""

    model = GoalMilestone

    def __init__(self, session: AsyncSession, goal: Goal) -> None:
        """Speak through `session`, about this goal's milestones only."""
        super().__init__(session, goal.workspace_id)
        self.goal_id = goal.id

    def query(self) -> Select[GoalMilestone]:
        """A select that starts within the goal."""
        return super().query().where(GoalMilestone.goal_id == self.goal_id)

    async def in_order(self) -> Sequence[GoalMilestone]:
        """All of them, first things first."""
        ordered = self.query().order_by(GoalMilestone.position, GoalMilestone.id)
        return (await self.session.scalars(ordered)).all()

    async def count(self) -> int:
        """How many there are."""
        found = await self.session.scalar(
            select(func.count()).where(
                GoalMilestone.workspace_id == self.workspace_id,
                GoalMilestone.goal_id == self.goal_id,
            )
        )
        return found or 0

    def add_at_end(self, milestones: Sequence[GoalMilestone], *, after: int) -> None:
        """Keep new ones behind the `after` there are."""
        for offset, milestone in enumerate(milestones):
            milestone.goal_id, milestone.position = self.goal_id, after + offset
            self.add(milestone)
