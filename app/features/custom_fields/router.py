"""The practice's own fields, coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.access.callers import CurrentPrincipal, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.custom_fields import service
from app.features.custom_fields.schemas import (
    CustomFieldChanges,
    CustomFieldIn,
    CustomFieldList,
    CustomFieldOut,
)
from app.models import CustomField
from app.repositories.custom_fields import CustomFieldRepository

router = api_router("/v1/custom-fields", "custom fields")

Reader = Annotated[Principal, Depends(requires(Permission.CONTACTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.CONTACTS_WRITE))]
Remover = Annotated[Principal, Depends(requires(Permission.CONTACTS_DELETE))]


async def custom_fields(
    session: TenantSession, principal: CurrentPrincipal
) -> CustomFieldRepository:
    """The fields of the caller's practice."""
    return CustomFieldRepository(session, principal.workspace_id)


Fields = Annotated[CustomFieldRepository, Depends(custom_fields)]


async def field_in_path(
    fields: Fields, field_id: Annotated[UUID, Path(alias="field_id")]
) -> CustomField:
    """The field the path names, which is to be changed."""
    return await fields.require(field_id, lock=True)


FieldInPath = Annotated[CustomField, Depends(field_in_path)]


@router.get("")
async def list_custom_fields(_: Reader, fields: Fields) -> CustomFieldList:
    """All fields the practice defined."""
    return CustomFieldList.model_validate({"data": await fields.defined()})


@router.post(
    "",
    status_code=201,
    responses=problems(service.KeyTaken, service.TooManyFields, service.WrongOptions),
)
async def define_custom_field(
    writer: Writer, body: CustomFieldIn, fields: Fields
) -> CustomFieldOut:
    """Give contacts one more field."""
    return CustomFieldOut.model_validate(await service.define_field(fields, body, writer))


@router.patch("/{field_id}", responses=problems(service.WrongOptions))
async def change_custom_field(
    writer: Writer, field: FieldInPath, body: CustomFieldChanges, fields: Fields
) -> CustomFieldOut:
    """Give a field another label, place or choice of options; its key and kind stay."""
    return CustomFieldOut.model_validate(await service.change_field(fields, field, body, writer))


@router.delete("/{field_id}", status_code=204)
async def delete_custom_field(remover: Remover, field: FieldInPath, fields: Fields) -> None:
    """Remove a field, and its values from every contact."""
    await service.delete_field(fields, field, remover)
