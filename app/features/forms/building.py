"""Making forms, changing their drafts, putting them aside."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from app.access.principal import Principal
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.fields import changes
from app.core.ids import new_id
from app.features.forms.definitions import digest, flaws, kept
from app.features.forms.events import (
    FormArchived,
    FormCreated,
    FormDeleted,
    FormUnarchived,
    FormUpdated,
    about,
)
from app.features.forms.failures import FormInUse, InvalidForm
from app.features.forms.schemas import FormChanges, FormDefinition
from app.models import Form
from app.repositories.forms import FormRepository
from app.repositories.program_forms import programs_with

LONGEST_TITLE = 200


async def create_form(forms: FormRepository, body: FormDefinition, principal: Principal) -> Form:
    """Begin a form. Raises InvalidForm (422)."""
    _check(body, {})
    form = Form(id=new_id(), author_id=principal.member_id, **_columns(body))
    forms.add(form)
    await forms.session.flush()
    await publish(forms.session, FormCreated(**about(form, principal.actor)))
    return form


def _check(definition: FormDefinition, published: dict[str, Any]) -> None:
    found = list(flaws(definition, published))
    if found:
        raise InvalidForm(found)


def _columns(definition: FormDefinition) -> dict[str, Any]:
    stored = kept(definition)
    return {"title": definition.title, "definition": stored, "sha256": digest(stored)}


async def change_form(
    forms: FormRepository, form: Form, body: FormChanges, principal: Principal
) -> Form:
    """Change the draft of a form, whose row is locked; its versions stay. Raises InvalidForm."""
    before = FormDefinition.model_validate(form.definition)
    wanted = before.model_copy(update={name: getattr(body, name) for name in changes(body)})
    changed = [name for name in changes(body) if getattr(wanted, name) != getattr(before, name)]
    if changed:
        _check(wanted, form.field_types)
        for name, value in _columns(wanted).items():
            setattr(form, name, value)
        await forms.session.flush()
        event = FormUpdated(**about(form, principal.actor), changed=tuple(changed))
        await publish(forms.session, event)
    return form


async def duplicate_form(
    forms: FormRepository, original: Form, title: str | None, principal: Principal
) -> Form:
    """A new form with the original's draft, under another title."""
    title = title or f"Copy of {original.title}"[:LONGEST_TITLE].rstrip()
    definition = FormDefinition.model_validate({**original.definition, "title": title})
    return await create_form(forms, definition, principal)


async def archive_form(forms: FormRepository, form: Form, principal: Principal) -> Form:
    """Send a form, whose row is locked, to nobody any longer; who was asked may still answer.

    Raises FormInUse (409) while a program brings it along.
    """
    if form.archived_at is None:
        await _check_programs(forms, form)
        form.archived_at = now()
        await forms.session.flush()
        await publish(forms.session, FormArchived(**about(form, principal.actor)))
    return form


async def _check_programs(forms: FormRepository, form: Form) -> None:
    named = await programs_with(forms.session, form.workspace_id, form.id)
    if named:
        programs = [{"id": str(one.id), "name": one.name} for one in named]
        raise FormInUse("Take it out of these programs first.", extra={"programs": programs})


async def unarchive_form(forms: FormRepository, form: Form, principal: Principal) -> Form:
    """Let a form be sent again."""
    if form.archived_at is not None:
        form.archived_at = None
        await forms.session.flush()
        await publish(forms.session, FormUnarchived(**about(form, principal.actor)))
    return form


async def delete_form(forms: FormRepository, form: Form, principal: Principal) -> None:
    """Remove a form that nobody was ever asked to fill in. Raises FormInUse (409)."""
    await _check_programs(forms, form)
    try:
        await forms.delete(form)
    except IntegrityError as error:
        if violated_constraint(error) in SENT:
            raise FormInUse("Somebody was asked to fill it in: archive it instead.") from None
        raise
    await publish(forms.session, FormDeleted(**about(form, principal.actor)))


SENT = frozenset(
    {"form_responses_workspace_id_form_id_fkey", "form_responses_workspace_id_version_id_fkey"}
)
"""What the database calls a form, or a version, that somebody was asked to fill in."""
