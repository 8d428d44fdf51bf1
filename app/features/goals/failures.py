"""Why a goal can't be worked on as asked."""

from app.core.errors import Conflict, Forbidden, Invalid


class GoalClosed(Conflict):
    """It was reached or given up: reopen it first."""

    code, title = "goal_closed", "This goal is closed"


class TooManyMilestones(Conflict):
    """A goal has up to 50 milestones."""

    code, title = "too_many_milestones", "A goal has up to 50 milestones"


class NotYourCheckIn(Forbidden):
    """The other side made it."""

    status, code, title = 403, "not_your_check_in", "Only the side that made it may remove it"


class TargetIsStart(Invalid):
    """A measured goal leads somewhere: its target is another value than its start."""

    code, title = "target_is_start", "Start and target must differ"


class ProgressFollowsMilestones(Invalid):
    """Progress of a goal with milestones is what of them is done; a value would say otherwise."""

    code, title = "progress_follows_milestones", "Complete milestones instead"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/value"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


class NotAPercentage(Invalid):
    """Without a target, a goal's value is a percentage, 0 to 100."""

    code, title = "not_a_percentage", "The value of this goal is between 0 and 100"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/value"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


class UnknownMilestones(Invalid):
    """The order must name each milestone of the goal, once."""

    code, title = "unknown_milestones", "Name each milestone of the goal once"
