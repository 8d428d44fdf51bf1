"""Programs and enrollments in the caller's scope, and those that paths name."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.access.callers import CurrentClient, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import SAFE_METHODS, TenantSession
from app.models import Enrollment, Program
from app.repositories.enrollments import EnrollmentRepository
from app.repositories.programs import ProgramRepository

Reader = Annotated[Principal, Depends(requires(Permission.PROGRAMS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.PROGRAMS_WRITE))]
Remover = Annotated[Principal, Depends(requires(Permission.PROGRAMS_DELETE))]
Enroller = Annotated[Principal, Depends(requires(Permission.ENROLLMENTS_WRITE))]

ProgramId = Annotated[UUID, Path(alias="program_id")]
EnrollmentId = Annotated[UUID, Path(alias="enrollment_id")]


async def program_repository(reader: Reader, session: TenantSession) -> ProgramRepository:
    """The programs of the caller's practice."""
    return ProgramRepository(session, reader.workspace_id)


Programs = Annotated[ProgramRepository, Depends(program_repository)]


async def program_in_path(request: Request, programs: Programs, program_id: ProgramId) -> Program:
    """The program the path names, locked when the request will change it."""
    return await programs.require(program_id, lock=request.method not in SAFE_METHODS)


ProgramInPath = Annotated[Program, Depends(program_in_path)]


async def enrollment_repository(reader: Reader, session: TenantSession) -> EnrollmentRepository:
    """The enrollments of the caller's practice."""
    return EnrollmentRepository(session, reader.workspace_id)


Enrollments = Annotated[EnrollmentRepository, Depends(enrollment_repository)]


async def enrollment_in_path(
    request: Request, enrollments: Enrollments, enrollment_id: EnrollmentId
) -> Enrollment:
    """The enrollment the path names, locked when the request will change it."""
    return await enrollments.require(enrollment_id, lock=request.method not in SAFE_METHODS)


EnrollmentInPath = Annotated[Enrollment, Depends(enrollment_in_path)]


async def own_enrollment_repository(
    client: CurrentClient, session: TenantSession
) -> EnrollmentRepository:
    """The enrollments of the client who calls."""
    return EnrollmentRepository(session, client.workspace_id, contact_id=client.contact_id)


OwnEnrollments = Annotated[EnrollmentRepository, Depends(own_enrollment_repository)]


async def own_enrollment_in_path(
    request: Request, enrollments: OwnEnrollments, enrollment_id: EnrollmentId
) -> Enrollment:
    """The client's enrollment the path names, locked when the request will change it."""
    return await enrollments.require(enrollment_id, lock=request.method not in SAFE_METHODS)


OwnEnrollmentInPath = Annotated[Enrollment, Depends(own_enrollment_in_path)]
