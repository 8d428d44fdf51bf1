"""A signature as it is kept, and the values of a signer's own fields."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.clock import day_in
from app.core.inked import inked
from app.features.contracts.failures import FieldsMissing, Problem
from app.features.contracts.schemas_signing import Method, SignIn
from app.models import ContractField, ContractSigner

LONGEST_INITIALS = 10
TICKED = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How somebody signs: a typed name, or a picture as PNG."""

    method: Method
    typed: str | None
    image: bytes | None


async def mark_of(body: SignIn) -> Mark:
    """Read the signature; pictures are decoded and encoded anew, which takes a while.

    Raises HandwritingUnreadable and PictureTooLarge (422), UnsupportedPicture (415).
    """
    image = await asyncio.to_thread(inked, body.image) if body.image is not None else None
    return Mark(method=body.method, typed=body.text, image=image)


def fill_in(
    fields: Sequence[ContractField],
    signer: ContractSigner,
    given: Mapping[UUID, str],
    *,
    at: datetime,
    time_zone: str,
) -> None:
    """Write a signer's values into their own fields. Raises FieldsMissing (422), naming each."""
    own = {field.id: field for field in fields if field.signer_id == signer.id}
    problems = [
        (f"/fields/{field_id}", "unknown_field", "Not a field of yours")
        for field_id in given
        if field_id not in own
    ]
    for field in own.values():
        problems += _problems(field, given.get(field.id, ""))
    if problems:
        raise FieldsMissing(problems)
    for field in own.values():
        field.value = _value(field, signer, given.get(field.id, ""), at=at, time_zone=time_zone)


def _problems(field: ContractField, given: str) -> Iterator[Problem]:
    pointer = f"/fields/{field.id}"
    if field.kind == "text" and field.required and not given:
        yield pointer, "field_missing", f"Fill in {field.label or 'this field'}"
    if field.kind == "checkbox" and given and given not in TICKED:
        yield pointer, "field_unfit", "true or false"
    if field.kind == "checkbox" and field.required and given != "true":
        yield pointer, "field_missing", f"Tick {field.label or 'this box'}"
    if field.kind == "initials" and len(given) > LONGEST_INITIALS:
        yield pointer, "field_unfit", f"At most {LONGEST_INITIALS} characters"


def _value(
    field: ContractField, signer: ContractSigner, given: str, *, at: datetime, time_zone: str
) -> str | None:
    match field.kind:
        case "signature":
            return None
        case "name":
            return signer.name
        case "date":
            return day_in(time_zone, at).isoformat()
        case "initials":
            return given or initials(signer.name)
        case "checkbox":
            return given or "false"
    return given


def initials(name: str) -> str:
    """The first letter of each of the first four words of a name."""
    return "".join(word[0] for word in name.split()[:4]).upper()
