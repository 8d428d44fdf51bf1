"""One enrollment in the hands of whoever steers it, coach side."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.access.runtime import Runtime, RuntimeInApp
from app.features.programs.enrollment_answers import one_out
from app.features.programs.paths import Enroller, EnrollmentInPath, Enrollments
from app.features.programs.schemas_enrollments import EnrollmentOut
from app.models import Enrollment
from app.repositories.enrollments import EnrollmentRepository


@dataclass(frozen=True, slots=True)
class Held:
    """An enrollment, its row locked, in the hands of somebody who may steer it."""

    enroller: Principal
    enrollment: Enrollment
    enrollments: EnrollmentRepository
    runtime: Runtime

    @property
    def session(self) -> AsyncSession:
        """The transaction of the change."""
        return self.enrollments.session

    async def shown(self) -> EnrollmentOut:
        """The enrollment as it is now."""
        return await one_out(
            self.enrollments, self.enrollment.id, onboarding=self.runtime.onboarding
        )


async def held_in_path(
    enroller: Enroller,
    enrollment: EnrollmentInPath,
    enrollments: Enrollments,
    runtime: RuntimeInApp,
) -> Held:
    """The enrollment the path names, for whoever may steer it."""
    return Held(enroller, enrollment, enrollments, runtime)


HeldInPath = Annotated[Held, Depends(held_in_path)]
