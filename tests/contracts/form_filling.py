"""What strangers ask for, and lists show, of forms."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.ids import new_id
from app.models import Contact, Form, FormResponse, FormRevision, FormVersion
from tests.make import Make, Person

NAMED = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"
QUESTION = {"id": "mood", "type": "short_text", "label": "How are you?"}
DEFINITION: dict[str, Any] = {"title": "Check-in", "fields": [QUESTION]}

FORM_BODIES: dict[str, dict[str, Any]] = {
    "create_form": DEFINITION,
    "change_form": {"title": "Ours now"},
    "preview_form": {"answers": {}},
    "send_form": {"contact_ids": [NAMED]},
    "reopen_form_response": {"comment": "More"},
    "save_portal_form_answers": {"answers": {"mood": "Fine"}},
}


async def form(make: Make, owner: Person) -> UUID:
    """One with a first version."""
    async with make.runtime.database.writing(owner.workspace_id) as session:
        return (await _published(session, owner)).form_id


async def number(_make: Make, _owner: Person) -> str:
    """That of a version every form here has."""
    return "1"


async def response(make: Make, owner: Person) -> UUID:
    """Somebody else's, written but not submitted."""
    contact = await make.contact(workspace_id=owner.workspace_id)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        return await _asked(session, await _published(session, owner), contact.id)


async def _asked(session: AsyncSession, version: FormVersion, contact_id: UUID) -> UUID:
    row = FormResponse(
        workspace_id=version.workspace_id,
        id=new_id(),
        form_id=version.form_id,
        version_id=version.id,
        contact_id=contact_id,
        answers={"mood": "Fine"},
    )
    session.add(row)
    await session.flush()
    return row.id


async def _published(session: AsyncSession, owner: Person) -> FormVersion:
    form = Form(
        workspace_id=owner.workspace_id,
        id=new_id(),
        title="Check-in",
        definition=DEFINITION,
        sha256="x",
        latest_number=1,
        published_sha256="x",
        field_types={"mood": "short_text"},
    )
    session.add(form)
    await session.flush()
    version = _version(form, 1)
    session.add(version)
    await session.flush()
    return version


def _version(form: Form, number: int) -> FormVersion:
    said = {"title": form.title, "definition": form.definition, "sha256": form.sha256}
    return FormVersion(
        workspace_id=form.workspace_id, id=new_id(), form_id=form.id, number=number, **said
    )


async def forms(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    for _number in numbers:
        await _published(session, owner)


async def versions(
    session: AsyncSession, owner: Person, form_id: UUID | None, numbers: range
) -> None:
    """After the first."""
    form = await session.get_one(Form, (owner.workspace_id, form_id))
    session.add_all(_version(form, 2 + each) for each in numbers)


async def responses(session: AsyncSession, reader: Person, _: UUID | None, numbers: range) -> None:
    """To a form each, submitted; of different contacts where the team reads them."""
    for _number in numbers:
        contact_id = reader.contact_id or await _contact(session, reader)
        response_id = await _asked(session, await _published(session, reader), contact_id)
        row = await session.get_one(FormResponse, (reader.workspace_id, response_id))
        row.status, row.latest_revision, row.submitted_at = "submitted", 1, now()
        said = {"number": 1, "answers": row.answers, "late": False}
        session.add(
            FormRevision(workspace_id=row.workspace_id, id=new_id(), response_id=row.id, **said)
        )


async def _contact(session: AsyncSession, owner: Person) -> UUID:
    contact = Contact(workspace_id=owner.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact.id


FORM_TARGETS: dict[str, Callable[[Make, Person], Awaitable[UUID | str]]] = {
    "form_id": form,
    "number": number,
    "response_id": response,
}
FORM_CROWDS = {
    "list_forms": forms,
    "list_form_versions": versions,
    "list_form_responses": responses,
    "list_portal_form_responses": responses,
}
