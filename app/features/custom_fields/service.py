"""Defining fields, changing and removing them."""

from sqlalchemy.exc import IntegrityError

from app.access.principal import Principal
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict, Invalid
from app.core.events import publish
from app.core.fields import changes
from app.features.custom_fields.events import (
    CustomFieldCreated,
    CustomFieldDeleted,
    CustomFieldUpdated,
    about,
)
from app.features.custom_fields.schemas import CustomFieldChanges, CustomFieldIn
from app.models import CustomField
from app.repositories.custom_fields import CustomFieldRepository

MOST_FIELDS = 100
KEY_RULE = "custom_fields_workspace_id_key_key"


class KeyTaken(Conflict):
    """The practice has a field with this key."""

    code, title = "custom_field_key_taken", "Another field has this key"


class TooManyFields(Conflict):
    """A practice can define a hundred fields."""

    code, title = "too_many_custom_fields", "There are 100 fields already"


class WrongOptions(Invalid):
    """A select has options, at least one; other kinds have none."""

    code, title = "wrong_options", "Options don't fit the kind of field"

    def __init__(self) -> None:
        """Point at the member of the body."""
        detail = "A select needs options, other kinds have none"
        where = {"in": "body", "pointer": "/options"}
        super().__init__(errors=[{**where, "code": self.code, "detail": detail}])


async def define_field(
    fields: CustomFieldRepository, body: CustomFieldIn, principal: Principal
) -> CustomField:
    """Give contacts one more field; values under its key from an earlier field are forgotten."""
    _check_options(body.kind, body.options)
    if await fields.count() >= MOST_FIELDS:
        raise TooManyFields
    field = fields.add(CustomField(**body.model_dump()))
    try:
        await fields.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == KEY_RULE:
            raise KeyTaken from None
        raise
    await fields.forget_values(field.key)
    await publish(fields.session, CustomFieldCreated(**about(field, principal.actor)))
    return field


def _check_options(kind: str, options: list[str]) -> None:
    if (kind == "select") != bool(options):
        raise WrongOptions


async def change_field(
    fields: CustomFieldRepository,
    field: CustomField,
    body: CustomFieldChanges,
    principal: Principal,
) -> CustomField:
    """Give a field another label, place or choice of options."""
    values = changes(body)
    _check_options(field.kind, values.get("options", field.options))
    changed = [name for name, value in values.items() if getattr(field, name) != value]
    for name in changed:
        setattr(field, name, values[name])
    if changed:
        event = CustomFieldUpdated(**about(field, principal.actor), changed=tuple(changed))
        await publish(fields.session, event)
    return field


async def delete_field(
    fields: CustomFieldRepository, field: CustomField, principal: Principal
) -> None:
    """Remove a field. No answer shows its values any more; they are swept out later."""
    await fields.delete(field)
    await publish(fields.session, CustomFieldDeleted(**about(field, principal.actor)))
