"""A coach's profile as the API takes and gives it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from app.core.fields import UNCHANGED, Email, In, Line, Name, Out, Phone, Text
from app.features.profile.links import (
    Facebook,
    Instagram,
    LinkedIn,
    TikTok,
    Website,
    X,
    YouTube,
)

Headline = Annotated[str, Line(200)]
Bio = Annotated[str, Text(5000)]


class SocialLinkChanges(In):
    """The coach's pages elsewhere; null removes one."""

    linkedin: LinkedIn | None = UNCHANGED
    instagram: Instagram | None = UNCHANGED
    facebook: Facebook | None = UNCHANGED
    x: X | None = UNCHANGED
    youtube: YouTube | None = UNCHANGED
    tiktok: TikTok | None = UNCHANGED
    website: Website | None = UNCHANGED


class VisibilityChanges(In):
    """Which fields clients see; the name they always see."""

    headline: bool = UNCHANGED
    bio: bool = UNCHANGED
    photo: bool = UNCHANGED
    email: bool = UNCHANGED
    phone: bool = UNCHANGED
    website: bool = UNCHANGED
    social_links: bool = UNCHANGED


class ProfileChanges(In):
    """What to change. What is left out stays, within the nested objects too.

    `photo_file_id` names a picture of `POST /v1/images`.
    """

    display_name: Name = UNCHANGED
    headline: Headline | None = UNCHANGED
    bio: Bio | None = UNCHANGED
    photo_file_id: UUID | None = UNCHANGED
    email: Email | None = UNCHANGED
    phone: Phone | None = UNCHANGED
    website: Website | None = UNCHANGED
    social_links: SocialLinkChanges = UNCHANGED
    visibility: VisibilityChanges = UNCHANGED


class SocialLinksOut(Out):
    """The coach's pages elsewhere."""

    linkedin: str | None
    instagram: str | None
    facebook: str | None
    x: str | None
    youtube: str | None
    tiktok: str | None
    website: str | None


class VisibilityOut(Out):
    """Which fields clients see."""

    headline: bool
    bio: bool
    photo: bool
    email: bool
    phone: bool
    website: bool
    social_links: bool


class ProfileOut(Out):
    """A coach's profile, as the coach sees it."""

    member_id: UUID
    display_name: str
    headline: str | None
    bio: str | None
    photo_file_id: UUID | None
    photo_url: str | None
    email: str | None
    phone: str | None
    website: str | None
    social_links: SocialLinksOut
    visibility: VisibilityOut
    version: int
    updated_at: datetime


class PortalCoachOut(Out):
    """A client's coach. Null is what the coach left empty, or does not show to clients."""

    display_name: str
    headline: str | None
    bio: str | None
    photo_url: str | None
    email: str | None
    phone: str | None
    website: str | None
    social_links: SocialLinksOut | None
