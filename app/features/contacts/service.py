"""Adding contacts and changing them."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from app.access.principal import Principal
from app.core.database_errors import violated_constraint
from app.core.errors import AppError, Conflict, Invalid
from app.core.fields import normalise_email
from app.core.ids import new_id
from app.features.contacts.events import ContactCreated
from app.features.contacts.schemas import ContactIn
from app.repositories.contacts import WRITTEN, ContactCard, ContactRepository


class ContactEmailTaken(Conflict):
    """Another contact of the practice, maybe an archived one, has this e-mail address."""

    code, title = "contact_email_taken", "Another contact has this e-mail address"


class ExternalIdTaken(Conflict):
    """Another contact of the practice has this external id."""

    code, title = "external_id_taken", "Another contact has this external id"


class UnknownCoach(Invalid):
    """`coach_id` names nobody of the practice's team."""

    code, title = "unknown_coach", "No such coach"


BROKEN_RULES: dict[str | None, type[AppError]] = {
    "contacts_workspace_id_email_norm_key": ContactEmailTaken,
    "contacts_workspace_id_external_id_key": ExternalIdTaken,
    "contacts_workspace_id_coach_id_fkey": UnknownCoach,
}


async def create_contact(
    contacts: ContactRepository, body: ContactIn, principal: Principal
) -> ContactCard:
    """Add a contact; it is its creator's unless the body names another coach."""
    values = _column_values(body, principal)
    event = ContactCreated(
        workspace_id=contacts.workspace_id,
        actor=principal.actor,
        contact_id=values["id"],
        subject_id=values["id"],
        source=body.source,
    )
    try:
        return await contacts.create(values, event)
    except IntegrityError as error:
        raise _refusal(error) from None


def _column_values(body: ContactIn, principal: Principal) -> dict[str, Any]:
    values = body.model_dump(include=set(WRITTEN))
    return {
        **values,
        "id": new_id(),
        "email_norm": normalise_email(body.email) if body.email else None,
        "coach_id": body.coach_id or principal.member_id,
    }


def _refusal(error: IntegrityError) -> Exception:
    rule = BROKEN_RULES.get(violated_constraint(error))
    return rule() if rule else error
