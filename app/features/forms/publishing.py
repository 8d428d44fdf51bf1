"""Making a form's draft its next version."""

from app.access.principal import Principal
from app.core.events import publish
from app.core.ids import new_id
from app.features.forms import failures
from app.features.forms.definitions import types_of
from app.features.forms.events import FormPublished, about
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import HeadingField
from app.models import Form, FormVersion
from app.repositories.forms import FormRepository


async def publish_form(forms: FormRepository, form: Form, principal: Principal) -> FormVersion:
    """The form's latest version; a new one if its draft, whose row is locked, says something new.

    Raises EmptyForm and FormArchived (409).
    """
    if form.archived_at is not None:
        raise failures.FormArchived
    if form.published_sha256 == form.sha256:
        return await forms.version(form.id, form.latest_number)
    definition = FormDefinition.model_validate(form.definition)
    if all(isinstance(field, HeadingField) for field in definition.fields):
        raise failures.EmptyForm
    form.latest_number += 1
    form.published_sha256 = form.sha256
    form.field_types = form.field_types | types_of(definition)
    version = _version(form)
    forms.session.add(version)
    await forms.session.flush()
    event = FormPublished(**about(form, principal.actor), number=version.number)
    await publish(forms.session, event)
    return version


def _version(form: Form) -> FormVersion:
    return FormVersion(
        workspace_id=form.workspace_id,
        id=new_id(),
        form_id=form.id,
        number=form.latest_number,
        title=form.title,
        definition=form.definition,
        sha256=form.sha256,
    )
