"""The caller's own profile, coach side."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.access.callers import MissingPermission, requires
from app.access.images import UnknownImage
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import SAFE_METHODS, TenantSession
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.profile import service
from app.features.profile.schemas import ProfileChanges, ProfileOut
from app.features.profile.showing import profile_out
from app.models import CoachProfile
from app.repositories.profiles import ProfileRepository

router = api_router("/v1/profile", "profile")

Coach = Annotated[Principal, Depends(requires(Permission.PROFILE_WRITE))]


async def profile_repository(coach: Coach, session: TenantSession) -> ProfileRepository:
    """The profiles of the caller's practice."""
    return ProfileRepository(session, coach.workspace_id)


Profiles = Annotated[ProfileRepository, Depends(profile_repository)]


async def own_profile(request: Request, coach: Coach, profiles: Profiles) -> CoachProfile:
    """The caller's profile, kept and locked when the request will change it."""
    if coach.member_id is None:
        raise MissingPermission("An integration has no profile.")
    if request.method in SAFE_METHODS:
        return await profiles.of_member(coach.member_id)
    return await profiles.of_member_to_write(coach.member_id)


OwnProfile = Annotated[CoachProfile, Depends(own_profile)]


@router.get("", response_model=ProfileOut)
async def get_profile(
    request: Request, profile: OwnProfile, runtime: RuntimeInApp, response: Response
) -> ProfileOut | Response:
    """What the caller shows of themselves."""
    tag = response.headers["ETag"] = etag(profile.version)
    return not_modified(request, tag) or profile_out(profile, runtime)


@router.patch("", responses=problems(UnknownImage))
async def change_profile(
    body: ProfileChanges,
    coach: Coach,
    profiles: Profiles,
    profile: OwnProfile,
    runtime: RuntimeInApp,
    response: Response,
    if_match: IfMatch = None,
) -> ProfileOut:
    """Change what the caller shows of themselves, and to whom."""
    check_version(profile.version, if_match)
    await service.change_profile(profiles, profile, body, coach)
    response.headers["ETag"] = etag(profile.version)
    return profile_out(profile, runtime)
