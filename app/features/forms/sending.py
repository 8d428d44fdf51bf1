"""Asking contacts to fill in a form, and reminding them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.core.clock import now
from app.core.errors import AppError, NotFound
from app.core.events import publish
from app.core.ids import new_id
from app.core.tokens import TokenMint
from app.features.forms.failures import (
    AlreadyAsked,
    DueInThePast,
    FormArchived,
    FormNotPublished,
    ReminderTooSoon,
    WrongResponseState,
)
from app.features.forms.reminders import PAUSE, was_reminded, watch
from app.features.forms.response_events import FormReminder, FormSent, about
from app.features.forms.schemas_responses import FormRequestIn, SendResult
from app.features.invites.along import UNREACHABLE, Passenger, Ticket, invite_along
from app.models import Form, FormResponse, FormVersion
from app.repositories.form_responses import FormResponseRepository
from app.repositories.form_sending import FormReader, add_responses, form_readers
from app.repositories.forms import FormRepository

REFUSALS: Mapping[str, type[AppError]] = {
    **UNREACHABLE,
    "already_asked": AlreadyAsked,
    "not_found": NotFound,
}
"""What is answered where one contact alone is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A contact who is asked, their response, and the event that tells of it."""

    reader: FormReader
    response_id: UUID = field(default_factory=new_id)
    event_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of each contact, and the responses that were made, by contact."""

    results: Mapping[UUID, SendResult]
    response_ids: Mapping[UUID, UUID]


async def send_form(
    forms: FormRepository,
    form: Form,
    body: FormRequestIn,
    *,
    principal: Principal,
    mint: TokenMint,
) -> Sent:
    """Ask contacts to fill in the latest version of a form, whose row is locked.

    Who can't be asked is told item by item; a single one is refused by name. Raises FormArchived
    and FormNotPublished (409), DueInThePast (422).
    """
    session = forms.session
    version = await _version(forms, form, body)
    found = await form_readers(session, form.workspace_id, form.id, body.contact_ids)
    results = _results(body.contact_ids, found)
    asked = [Asked(found[one]) for one, result in results.items() if result == "sent"]
    await add_responses(session, _rows(asked, version, body, principal))
    ids = [one.response_id for one in asked]
    await watch(session, form.workspace_id, ids, body.due_at)
    await _tell(session, asked, version, body, principal=principal, mint=mint)
    return Sent(results, {one.reader.contact_id: one.response_id for one in asked})


async def _version(forms: FormRepository, form: Form, body: FormRequestIn) -> FormVersion:
    if form.archived_at is not None:
        raise FormArchived
    if not form.latest_number:
        raise FormNotPublished
    if body.due_at is not None and body.due_at <= now():
        raise DueInThePast
    return await forms.version(form.id, form.latest_number)


def _results(
    contact_ids: Sequence[UUID], found: Mapping[UUID, FormReader]
) -> dict[UUID, SendResult]:
    results = {one: _result(found.get(one)) for one in contact_ids}
    if len(results) == 1:
        [result] = results.values()
        if result in REFUSALS:
            raise REFUSALS[result]
    return results


def _result(reader: FormReader | None) -> SendResult:
    if reader is None:
        return "not_found"
    return _barrier(reader) or ("already_asked" if reader.asked else "sent")


def _barrier(reader: FormReader) -> SendResult | None:
    """Why somebody can't get at a form: they need an account, or an e-mail that makes one."""
    barriers: dict[SendResult, bool] = {
        "archived": reader.archived,
        "access_disabled": reader.portal_status == "disabled",
        "no_email": not reader.has_account and reader.email_norm is None,
        "unsubscribed": not reader.has_account and reader.silenced,
    }
    return next((name for name, stands in barriers.items() if stands), None)


def _rows(
    asked: Sequence[Asked], version: FormVersion, body: FormRequestIn, principal: Principal
) -> list[dict[str, Any]]:
    common = {
        "workspace_id": version.workspace_id,
        "form_id": version.form_id,
        "version_id": version.id,
        "author_id": principal.member_id,
        "due_at": body.due_at,
        "message": body.message,
    }
    return [{**common, "id": one.response_id, "contact_id": one.reader.contact_id} for one in asked]


async def _tell(
    session: AsyncSession,
    asked: Sequence[Asked],
    version: FormVersion,
    body: FormRequestIn,
    *,
    principal: Principal,
    mint: TokenMint,
) -> None:
    tickets = await _tickets(session, version.workspace_id, asked, mint)
    events = [
        FormSent(
            id=one.event_id,
            workspace_id=version.workspace_id,
            actor=principal.actor,
            contact_id=one.reader.contact_id,
            subject_id=one.response_id,
            form_id=version.form_id,
            title=version.title,
            due_at=body.due_at,
            message=body.message,
            **_invite(tickets.get(one.reader.contact_id)),
        )
        for one in asked
    ]
    await publish(session, *events)


async def _tickets(
    session: AsyncSession, workspace_id: UUID, asked: Sequence[Asked], mint: TokenMint
) -> Mapping[UUID, Ticket]:
    """Portal invitations for those without an account, to travel in the form's letter."""
    passengers = [
        Passenger(
            contact_id=one.reader.contact_id,
            email_norm=one.reader.email_norm,
            event_id=one.event_id,
        )
        for one in asked
        if one.reader.email_norm and not one.reader.has_account
    ]
    return await invite_along(session, workspace_id, passengers, mint) if passengers else {}


def _invite(ticket: Ticket | None) -> dict[str, Any]:
    return {"invite_id": ticket.invite_id, "expires_at": ticket.expires_at} if ticket else {}


async def remind(
    responses: FormResponseRepository, response_id: UUID, *, principal: Principal, mint: TokenMint
) -> FormResponse:
    """Write once more to a client who has yet to submit; an invite in the letter is a fresh one.

    Raises WrongResponseState, why somebody can't be written to (409), ReminderTooSoon (429).
    """
    session = responses.session
    seen = await responses.require(response_id)
    found = await form_readers(session, seen.workspace_id, seen.form_id, [seen.contact_id])
    response = await responses.require(response_id, lock=True)
    await session.refresh(response)
    if response.status != "draft":
        raise WrongResponseState(response.status)
    reader = found[response.contact_id]
    barrier = _barrier(reader)
    if barrier is not None:
        raise REFUSALS[barrier]
    _check_pause(response)
    response.reminded_at = now()
    await session.flush()
    title = (await responses.version_of(response)).title
    asked = Asked(reader, response.id)
    tickets = await _tickets(session, response.workspace_id, [asked], mint)
    facts = {**about(response, title, principal.actor), "id": asked.event_id}
    facts["due_at"] = response.due_at
    ticket = tickets.get(reader.contact_id)
    if ticket is None:
        await publish(session, FormReminder(**facts, kind="manual"))
    else:
        await publish(session, FormSent(**facts, message=response.message, **_invite(ticket)))
    return response


def _check_pause(response: FormResponse) -> None:
    if was_reminded(response) and response.reminded_at is not None:
        wait = response.reminded_at + PAUSE - now()
        seconds = max(1, round(wait / timedelta(seconds=1)))
        raise ReminderTooSoon(headers={"Retry-After": str(seconds)})
