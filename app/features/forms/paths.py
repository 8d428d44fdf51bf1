"""The forms of the caller's practice, and the one a path names."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import SAFE_METHODS, TenantSession
from app.models import Form
from app.repositories.forms import FormRepository

FormId = Annotated[UUID, Path(alias="form_id")]
VersionNumber = Annotated[int, Path(alias="number", ge=1, le=1_000_000)]
Reader = Annotated[Principal, Depends(requires(Permission.FORMS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.FORMS_WRITE))]


async def form_repository(reader: Reader, session: TenantSession) -> FormRepository:
    """The forms of the caller's practice."""
    return FormRepository(session, reader.workspace_id)


Forms = Annotated[FormRepository, Depends(form_repository)]


async def form_in_path(request: Request, forms: Forms, form_id: FormId) -> Form:
    """The form the path names, locked when the request will change it."""
    return await forms.require(form_id, lock=request.method not in SAFE_METHODS)


FormInPath = Annotated[Form, Depends(form_in_path)]
