"""Changing a coach's profile."""

from typing import Any

from app.access.images import require_image
from app.access.principal import Principal
from app.core.events import publish
from app.core.fields import flat_changes
from app.features.profile.events import ProfileUpdated
from app.features.profile.schemas import ProfileChanges
from app.features.profile.showing import links_of, visibility_of
from app.models import CoachProfile
from app.repositories.profiles import ProfileRepository

PHOTO = "photo_file_id"


async def change_profile(
    profiles: ProfileRepository,
    profile: CoachProfile,
    body: ProfileChanges,
    principal: Principal,
) -> None:
    """Give fields of a profile, whose row is locked, other values; those it has change nothing.

    Raises UnknownImage (422).
    """
    wanted = flat_changes(body)
    changed = {name: new for name, new in wanted.items() if _value_of(profile, name) != new}
    if not changed:
        return
    await require_image(
        profiles.session, profiles.workspace_id, changed.get(PHOTO), pointer=f"/{PHOTO}"
    )
    for name, value in changed.items():
        _assign(profile, name, value)
    await profiles.session.flush()
    event = ProfileUpdated(
        workspace_id=profiles.workspace_id,
        actor=principal.actor,
        subject_id=profile.member_id,
        changed=tuple(changed),
    )
    await publish(profiles.session, event)


def _value_of(profile: CoachProfile, name: str) -> Any:
    match name.split("."):
        case "social_links", network:
            return links_of(profile.social_links)[network]
        case "visibility", flag:
            return visibility_of(profile.visibility)[flag]
    return getattr(profile, name)


def _assign(profile: CoachProfile, name: str, value: Any) -> None:
    column, _, key = name.partition(".")
    setattr(profile, column, {**getattr(profile, column), key: value} if key else value)
