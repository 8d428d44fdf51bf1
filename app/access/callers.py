"""Dependencies that answer who is calling, and refuse those who may not."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer

from app.access.permissions import Permission, may
from app.access.principal import Caller, Principal
from app.access.runtime import RuntimeInApp
from app.core.errors import Forbidden, Unauthorized

bearer = OAuth2PasswordBearer(tokenUrl="/v1/auth/token", auto_error=False)


class NoSpace(Forbidden):
    """Signed in, but not into a practice: switch to one first."""

    status, code, title = 403, "no_space", "Choose a practice first"


class CoachesOnly(Forbidden):
    """A client called the coach side."""

    status, code, title = 403, "coaches_only", "For the practice's team only"


class ClientsOnly(Forbidden):
    """A team member called the client side."""

    status, code, title = 403, "clients_only", "For clients only"


class PeopleOnly(Forbidden):
    """An integration has nothing of its own: no appointments, no wishes, no notifications."""

    code, title = "people_only", "For people, not for integrations"


class MissingPermission(Forbidden):
    """The caller's role, or API key, does not include this."""

    status, code, title = 403, "missing_permission", "Your role does not include this"


async def caller(runtime: RuntimeInApp, token: Annotated[str | None, Depends(bearer)]) -> Caller:
    """The signed-in person; 401 for nobody."""
    if not token:
        raise Unauthorized(headers={"WWW-Authenticate": "Bearer"})
    return await runtime.doorkeeper.admit(token)


CurrentCaller = Annotated[Caller, Depends(caller)]


async def optional_caller(
    runtime: RuntimeInApp, token: Annotated[str | None, Depends(bearer)]
) -> Caller | None:
    """The signed-in person, or None for nobody; a token that doesn't stand is refused."""
    return await runtime.doorkeeper.admit(token) if token else None


OptionalCaller = Annotated[Caller | None, Depends(optional_caller)]


async def principal(request: Request, runtime: RuntimeInApp, caller: CurrentCaller) -> Principal:
    """Who acts, and in which practice; refused beyond the rate limit for one person."""
    if caller.space is None:
        raise NoSpace
    await runtime.principals.hit(str(caller.user_id), request=request)
    acting = Principal(
        kind="user",
        id=caller.user_id,
        workspace_id=caller.space.workspace_id,
        role=caller.space.role,
        member_id=caller.space.member_id,
        contact_id=caller.space.contact_id,
        session_id=caller.session_id,
    )
    request.state.principal = acting
    return acting


CurrentPrincipal = Annotated[Principal, Depends(principal)]


async def client_side(principal: CurrentPrincipal) -> Principal:
    """A client, in their portal."""
    if principal.role != "client":
        raise ClientsOnly
    return principal


CurrentClient = Annotated[Principal, Depends(client_side)]


def requires(permission: Permission) -> Callable[[Principal], Awaitable[Principal]]:
    """A dependency that lets only the team's members with this permission through."""

    async def allowed(principal: CurrentPrincipal) -> Principal:
        if principal.role == "client":
            raise CoachesOnly
        if not may(principal, permission):
            raise MissingPermission(f"This needs {permission}.")
        return principal

    return allowed
