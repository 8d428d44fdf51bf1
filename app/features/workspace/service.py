"""Changing a practice's settings."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from app.access.images import require_image
from app.access.principal import Principal
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict
from app.core.events import publish
from app.core.fields import flat_changes
from app.features.workspace.events import WorkspaceUpdated
from app.features.workspace.schemas import WorkspaceChanges
from app.features.workspace.settings import assign, value_of
from app.models import Workspace
from app.repositories.workspaces import WorkspaceRepository

LOGO = "branding.logo_file_id"
LISTED = frozenset({"name", "slug"})
"""What the directory of all practices holds as well."""


class SlugTaken(Conflict):
    """Another practice has this slug."""

    code, title = "slug_taken", "Another practice has this slug"


async def change_workspace(
    workspaces: WorkspaceRepository,
    workspace: Workspace,
    body: WorkspaceChanges,
    principal: Principal,
) -> None:
    """Give settings of a practice, whose row is locked, other values.

    Those they have already change nothing. Raises SlugTaken (409) and UnknownImage (422).
    """
    wanted = flat_changes(body)
    changed = {name: new for name, new in wanted.items() if value_of(workspace, name) != new}
    if not changed:
        return
    await require_image(
        workspaces.session,
        workspaces.workspace_id,
        changed.get(LOGO),
        pointer="/branding/logo_file_id",
    )
    await _save(workspaces, workspace, changed)
    event = WorkspaceUpdated(
        workspace_id=workspaces.workspace_id,
        actor=principal.actor,
        subject_id=workspaces.workspace_id,
        changed=tuple(changed),
    )
    await publish(workspaces.session, event)


async def _save(
    workspaces: WorkspaceRepository, workspace: Workspace, changed: dict[str, Any]
) -> None:
    for name, value in changed.items():
        assign(workspace, name, value)
    await workspaces.session.flush()
    if LISTED.isdisjoint(changed):
        return
    try:
        await workspaces.list_as(name=workspace.name, slug=workspace.slug)
    except IntegrityError as error:
        if violated_constraint(error) == "workspace_directory_slug_key":
            raise SlugTaken from None
        raise
