"""Programs' rows as answers, made without validating again what the database holds."""

from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Response

from app.access.images import image_url
from app.access.runtime import Runtime
from app.core.etags import etag
from app.core.newest_first import last_seen, newest_first
from app.core.paging import Page
from app.features.programs.schemas import AllotmentOut, PriceOut, ProgramOut, ProgramQuery
from app.repositories.program_forms import in_order as form_ids
from app.repositories.programs import ProgramCard, ProgramRepository, in_order

MADE = frozenset({"cover_url", "price", "appointment_types", "form_ids"})
PLAIN = tuple(name for name in ProgramOut.model_fields if name not in MADE)


def program_out(card: ProgramCard, runtime: Runtime) -> ProgramOut:
    """A program as the API gives it."""
    return ProgramOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        cover_url=image_url(runtime, card.workspace_id, card.cover_file_id),
        price=price_out(card),
        appointment_types=[_allotment(one) for one in in_order(card)],
        form_ids=form_ids(card.forms),
    )


def price_out(card: Any) -> PriceOut:
    """What the program of a row with `price_minor` and `currency` costs."""
    return PriceOut.model_construct(amount_minor=card.price_minor, currency=card.currency)


def _allotment(one: dict[str, Any]) -> AllotmentOut:
    counts = {"sessions": None, "minutes": None, one["unit"]: one["amount"]}
    return AllotmentOut.model_construct(
        appointment_type_id=UUID(one["appointment_type_id"]),
        expires_after_days=one["expires_after_days"],
        **counts,
    )


def tagged(response: Response, card: ProgramCard, runtime: Runtime) -> ProgramOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(card.version)
    return program_out(card, runtime)


async def list_programs(
    programs: ProgramRepository, query: ProgramQuery, runtime: Runtime
) -> Page[ProgramOut]:
    """A page of programs, newest first."""
    rows = await programs.page(status=query.status, before=last_seen(query), limit=query.limit)
    return newest_first(Page[ProgramOut], rows, query, partial(program_out, runtime=runtime))
