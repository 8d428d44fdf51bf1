"""The caller's practice, coach side."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.access.callers import requires
from app.access.images import UnknownImage
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import SAFE_METHODS, TenantSession
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.workspace import service
from app.features.workspace.schemas import WorkspaceChanges, WorkspaceOut
from app.features.workspace.service import SlugTaken
from app.features.workspace.settings import workspace_out
from app.models import Workspace
from app.repositories.workspaces import WorkspaceRepository

router = api_router("/v1/workspace", "workspace")

Reader = Annotated[Principal, Depends(requires(Permission.WORKSPACE_READ))]
Owner = Annotated[Principal, Depends(requires(Permission.WORKSPACE_WRITE))]


async def workspace_repository(reader: Reader, session: TenantSession) -> WorkspaceRepository:
    """The caller's practice."""
    return WorkspaceRepository(session, reader.workspace_id)


Workspaces = Annotated[WorkspaceRepository, Depends(workspace_repository)]


async def own_workspace(request: Request, workspaces: Workspaces) -> Workspace:
    """The caller's practice, locked when the request will change it."""
    return await workspaces.require(lock=request.method not in SAFE_METHODS)


OwnWorkspace = Annotated[Workspace, Depends(own_workspace)]


@router.get("", response_model=WorkspaceOut)
async def get_workspace(
    request: Request, workspace: OwnWorkspace, runtime: RuntimeInApp, response: Response
) -> WorkspaceOut | Response:
    """The practice the caller is signed in to."""
    tag = response.headers["ETag"] = etag(workspace.version)
    return not_modified(request, tag) or workspace_out(workspace, runtime)


@router.patch("", responses=problems(VersionRequired, SlugTaken, UnknownImage))
async def change_workspace(
    body: WorkspaceChanges,
    owner: Owner,
    workspaces: Workspaces,
    workspace: OwnWorkspace,
    runtime: RuntimeInApp,
    response: Response,
    if_match: IfMatch = None,
) -> WorkspaceOut:
    """Change settings; owners only, and only those who know the present version."""
    check_version(workspace.version, if_match, required=True)
    await service.change_workspace(workspaces, workspace, body, owner)
    response.headers["ETag"] = etag(workspace.version)
    return workspace_out(workspace, runtime)
