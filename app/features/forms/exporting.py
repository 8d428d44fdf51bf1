"""What was handed in as a table or as JSON: streamed, holding no connection between two pages."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pydantic_core
from fastapi.responses import StreamingResponse

from app.access.runtime import Runtime
from app.core.csv_text import csv_line
from app.core.file_names import disposition
from app.core.slugs import slugified
from app.features.forms.displaying import in_words
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import NumberField, Question, ScaleField
from app.features.forms.schemas_responses import ExportQuery
from app.models import Form, FormVersion
from app.repositories.form_export import HandedIn, handed_in
from app.repositories.forms import FormRepository

ROWS_AT_ONCE = 200

ABOUT = (
    *("response_id", "contact_id", "first_name", "last_name", "form_version", "revision"),
    *("status", "submitted_at", "late", "score", "band"),
)

Columns = Mapping[str, str]
"""The questions' ids, in order, and what their columns are called."""

MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported of a form: the versions that count, by number, and in which shape."""

    runtime: Runtime
    form: Form
    query: ExportQuery
    versions: Mapping[int, FormDefinition]

    async def pages(self) -> AsyncIterator[Sequence[HandedIn]]:
        """What was handed in, some rows at a time; each page in a session of its own."""
        after, full = None, True
        while full:
            async with self.runtime.database.reading(self.form.workspace_id) as session:
                rows = await handed_in(
                    session,
                    self.form.workspace_id,
                    self.form.id,
                    number=self.query.version,
                    after=after,
                    limit=ROWS_AT_ONCE,
                )
            # what was published since this began is for the next export
            yield [row for row in rows if row.form_version in self.versions]
            full = len(rows) == ROWS_AT_ONCE
            after = rows[-1].response_id if rows else None


async def export(
    forms: FormRepository, form: Form, query: ExportQuery, runtime: Runtime
) -> StreamingResponse:
    """The latest revision of every response. Raises NotFound for a version that isn't there."""
    if query.version is None:
        versions: Sequence[FormVersion] = await forms.all_versions(form.id)
    else:
        versions = [await forms.version(form.id, query.version)]
    read = {one.number: FormDefinition.model_validate(one.definition) for one in versions}
    chosen = Export(runtime, form, query, read)
    name = f"{slugified(form.title, fallback='form')}.{query.format}"
    return StreamingResponse(
        _csv(chosen) if query.format == "csv" else _json(chosen),
        media_type=MEDIA_TYPES[query.format],
        headers={"Content-Disposition": disposition(name, inline=False)},
    )


async def _csv(chosen: Export) -> AsyncIterator[str]:
    columns = _columns(chosen)
    yield csv_line((*ABOUT, *columns.values()))
    async for rows in chosen.pages():
        yield "".join(csv_line(_cells(row, columns, chosen.versions)) for row in rows)


def _columns(chosen: Export) -> Columns:
    """One for each question, in the order in which they came: a later version adds to the end."""
    columns: dict[str, str] = {}
    for definition in chosen.versions.values():
        for field in definition.fields:
            if isinstance(field, Question):
                columns[field.id] = field.label if chosen.query.headers == "labels" else field.id
    return columns


def _cells(row: HandedIn, columns: Columns, versions: Mapping[int, FormDefinition]) -> list[object]:
    fields = {field.id: field for field in versions[row.form_version].fields}
    cells: list[object] = [_plain(getattr(row, name)) for name in ABOUT]
    for field_id in columns:
        field = fields.get(field_id)
        if isinstance(field, NumberField | ScaleField):
            cells.append(row.answers.get(field_id))
        else:
            cells.append(field and in_words(field, row.answers, row.files))
    return cells


def _plain(value: object) -> object:
    """Instants as RFC 3339 has them, and truth as JSON spells it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else value


async def _json(chosen: Export) -> AsyncIterator[str]:
    before = "[\n"
    async for rows in chosen.pages():
        for row in rows:
            yield before + pydantic_core.to_json(_object(row)).decode()
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _object(row: HandedIn) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*ABOUT, "answers", "files")}
