"""Accounts and sign-ins as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.access.password_rules import NewPassword, Password
from app.access.principal import Role, Side
from app.access.sign_in import SpaceOut, UserOut
from app.core.fields import UNCHANGED, Email, In, Line, Locale, Name, Out, TimeZone

Token = Annotated[str, Line(200)]


class RegisterIn(In):
    """A new practice and its owner."""

    email: Email
    password: NewPassword
    name: Name
    workspace_name: Name
    time_zone: TimeZone


class LoginIn(In):
    """Who signs in."""

    email: Email
    password: Password


class TokenForm(BaseModel):
    """OAuth2's password form (RFC 6749 4.3.2); `username` is the e-mail address."""

    model_config = ConfigDict(hide_input_in_errors=True)

    username: Annotated[str, StringConstraints(max_length=254)]
    password: Password
    grant_type: Literal["password"] = "password"
    scope: Annotated[str, StringConstraints(max_length=1000)] = ""


class RefreshIn(In):
    """The refresh token, unless it comes in the cookie."""

    refresh_token: Token | None = None


class SwitchIn(In):
    """The space to switch to; `role` matters to who is both member and client there."""

    workspace_id: UUID
    role: Role | None = None


class LinkIn(In):
    """Where the link goes; `workspace_id` names the practice whose portal asks for it."""

    email: Email
    workspace_id: UUID | None = None


class MailedTokenIn(In):
    """The token of a mailed link."""

    token: Token


class NewPasswordIn(MailedTokenIn):
    """The token of the mailed link, and the password chosen."""

    password: NewPassword


class MailedOut(Out):
    """A mail is on its way, if there is somebody to get it; its link works so many seconds."""

    expires_in: int


class MeChangeIn(In):
    """What a person may change about themselves at once."""

    name: Name = UNCHANGED
    time_zone: TimeZone = UNCHANGED
    locale: Locale = UNCHANGED


class MeOut(UserOut):
    """The caller, the space their token is for, and those they may switch to."""

    space: SpaceOut | None
    spaces: list[SpaceOut]


class PasswordChangeIn(In):
    """Another password, by who knows the present one."""

    current_password: Password
    new_password: NewPassword


class EmailChangeIn(In):
    """Another address; the password is required of who has one."""

    email: Email
    current_password: Password | None = None


class SessionOut(Out):
    """A signed-in device, and the space it used last; `current` is the one that asks."""

    id: UUID
    current: bool
    workspace_id: UUID | None
    workspace_name: str | None
    side: Side | None
    user_agent: str | None
    ip: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
