"""Making programs, changing them and taking them away."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.images import require_image
from app.access.principal import Principal
from app.core.clock import now
from app.core.events import publish
from app.core.fields import changes
from app.core.ids import new_id
from app.core.markdown import rendered
from app.core.slugs import slugified
from app.features.programs.events import (
    ProgramCreated,
    ProgramDeleted,
    ProgramPublished,
    ProgramUpdated,
    about,
)
from app.features.programs.failures import UnknownAppointmentType, UnknownForm, refusal
from app.features.programs.schemas import AllotmentIn, ProgramChanges, ProgramIn
from app.models import Program
from app.repositories.program_forms import form_ids_of, replace_forms, unsendable_forms
from app.repositories.programs import Granted, ProgramCard, ProgramRepository

GRANTS = "appointment_types"
FORMS = "form_ids"
ELSEWHERE = frozenset({"price", GRANTS, FORMS})
"""What is kept in other columns, and in other tables."""


async def create_program(
    programs: ProgramRepository, body: ProgramIn, principal: Principal
) -> ProgramCard:
    """Add a program, as a draft or open for enrollments at once.

    Raises ProgramSlugTaken (409), UnknownSchedule, UnknownAppointmentType, UnknownImage (422).
    """
    values = body.model_dump(exclude={GRANTS})
    values["price"] = values["price"] or {
        "amount_minor": 0,
        "currency": await programs.currency(),
    }
    values["slug"] = body.slug or await free_slug(programs, body.name)
    await _check(programs, values, body.appointment_types)
    program = programs.add(Program(id=new_id(), **await _columns(values)))
    await keep(programs, program, grants=_grants(body.appointment_types), form_ids=body.form_ids)
    await publish(programs.session, *_created(program, principal))
    return await programs.card(program.id)


async def free_slug(programs: ProgramRepository, name: str) -> str:
    """A slug made from a name, with some letters more where another program has it already."""
    slug = slugified(name, fallback="program")
    return f"{slug}-{new_id().hex[-6:]}" if await programs.slug_is_taken(slug) else slug


async def _check(
    programs: ProgramRepository, values: dict[str, Any], allotments: Sequence[AllotmentIn]
) -> None:
    """Refuse what the body refers to and isn't there."""
    cover = values.get("cover_file_id")
    await require_image(programs.session, programs.workspace_id, cover, pointer="/cover_file_id")
    await _check_forms(programs, values.get(FORMS, ()))
    named = [one.appointment_type_id for one in allotments]
    unknown = await programs.unknown_types(named)
    if unknown:
        places = (n for n, one in enumerate(named) if one in unknown)
        raise UnknownAppointmentType(*(f"/{GRANTS}/{n}/appointment_type_id" for n in places))


async def _check_forms(programs: ProgramRepository, form_ids: Sequence[UUID]) -> None:
    unknown = await unsendable_forms(programs.session, programs.workspace_id, form_ids)
    if unknown:
        raise UnknownForm(*(f"/{FORMS}/{n}" for n, one in enumerate(form_ids) if one in unknown))


async def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """The values under the names of the table's columns."""
    columns = {name: value for name, value in values.items() if name not in ELSEWHERE}
    if "price" in values:
        price = values["price"]
        columns |= {"price_minor": price["amount_minor"], "currency": price["currency"]}
    if "description" in values:
        columns["description_html"] = await rendered(values["description"])
    return columns


def _grants(allotments: Sequence[AllotmentIn]) -> list[Granted]:
    return [
        Granted(
            appointment_type_id=one.appointment_type_id,
            unit=one.unit,
            amount=one.amount,
            expires_after_days=one.expires_after_days,
        )
        for one in allotments
    ]


async def keep(
    programs: ProgramRepository,
    program: Program,
    *,
    grants: Sequence[Granted] | None = None,
    form_ids: Sequence[UUID] | None = None,
) -> None:
    """Write a new or changed program; None leaves what it grants, and the forms it brings."""
    try:
        await programs.session.flush()
        if grants is not None:
            await programs.replace_grants(program.id, grants)
        if form_ids is not None:
            await replace_forms(programs.session, program.workspace_id, program.id, form_ids)
    except IntegrityError as error:
        raise refusal(error) from None


def _created(program: Program, principal: Principal) -> list[ProgramCreated | ProgramPublished]:
    facts = about(program, principal.actor)
    if program.status == "published":
        return [ProgramCreated(**facts), ProgramPublished(**facts)]
    return [ProgramCreated(**facts)]


async def change_program(
    programs: ProgramRepository, program: Program, body: ProgramChanges, principal: Principal
) -> ProgramCard:
    """Give a program, whose row is locked, other values; those it has already change nothing.

    Raises what `create_program` raises.
    """
    changed = await _changed(programs, program, body)
    if changed:
        allotments = body.appointment_types if GRANTS in changed else ()
        await _check(programs, changed, allotments)
        program.updated_at = now()  # new grants are a new version, though of another table
        for name, value in (await _columns(changed)).items():
            setattr(program, name, value)
        await keep(programs, program, grants=changed.get(GRANTS), form_ids=changed.get(FORMS))
        facts = about(program, principal.actor)
        await publish(programs.session, ProgramUpdated(**facts, changed=tuple(changed)))
    return await programs.card(program.id)


async def _changed(
    programs: ProgramRepository, program: Program, body: ProgramChanges
) -> dict[str, Any]:
    """The members of the body that say something new."""
    wanted = changes(body)
    if GRANTS in wanted:
        wanted[GRANTS] = _grants(body.appointment_types)
    before = {name: getattr(program, name, None) for name in wanted}
    before["price"] = {"amount_minor": program.price_minor, "currency": program.currency}
    if FORMS in wanted:
        before[FORMS] = await form_ids_of(programs.session, program.workspace_id, program.id)
    if GRANTS in wanted:
        before[GRANTS] = await programs.grants(program.id)
    return {name: new for name, new in wanted.items() if before[name] != new}


async def delete_program(
    programs: ProgramRepository, program: Program, principal: Principal
) -> None:
    """Remove a program nobody ever enrolled in. Raises ProgramInUse (409)."""
    try:
        await programs.delete(program)
    except IntegrityError as error:
        raise refusal(error) from None
    await publish(programs.session, ProgramDeleted(**about(program, principal.actor)))
