"""Profiles as answers: the whole one to its coach, what is visible of it to clients."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.images import image_url
from app.access.runtime import Runtime
from app.features.profile.schemas import (
    PortalCoachOut,
    ProfileOut,
    SocialLinksOut,
    VisibilityOut,
)
from app.models import CoachProfile
from app.repositories.profiles import CoachRow

VISIBLE: Mapping[str, bool] = {
    "headline": True,
    "bio": True,
    "photo": True,
    "email": False,
    "phone": False,
    "website": True,
    "social_links": True,
}
"""What clients see until the coach decides: nothing by which to reach them in private."""

NO_LINKS: Mapping[str, str | None] = dict.fromkeys(SocialLinksOut.model_fields)


def links_of(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """Each of the social links, null where there is none."""
    return {**NO_LINKS, **(kept or {})}


def visibility_of(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """Each of the flags."""
    return {**VISIBLE, **(kept or {})}


def profile_out(profile: CoachProfile, runtime: Runtime) -> ProfileOut:
    """A profile for its own coach."""
    return ProfileOut(
        member_id=profile.member_id,
        display_name=profile.display_name,
        headline=profile.headline,
        bio=profile.bio,
        photo_file_id=profile.photo_file_id,
        photo_url=image_url(runtime, profile.workspace_id, profile.photo_file_id),
        email=profile.email,
        phone=profile.phone,
        website=profile.website,
        social_links=SocialLinksOut(**links_of(profile.social_links)),
        visibility=VisibilityOut(**visibility_of(profile.visibility)),
        version=profile.version,
        updated_at=profile.updated_at,
    )


def coach_out(coach: CoachRow, workspace_id: UUID, runtime: Runtime) -> PortalCoachOut:
    """A profile for a client."""
    values = {
        "headline": coach.headline,
        "bio": coach.bio,
        "photo": image_url(runtime, workspace_id, coach.photo_file_id),
        "email": coach.email,
        "phone": coach.phone,
        "website": coach.website,
        "social_links": links_of(coach.social_links),
    }
    flags = visibility_of(coach.visibility)
    shown = {name: value if flags[name] else None for name, value in values.items()}
    return PortalCoachOut(display_name=coach.display_name, photo_url=shown.pop("photo"), **shown)
