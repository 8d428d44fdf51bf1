from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from app.core.fields import Out
from app.core.ids import new_id


class ThingOut(Out):
    id: UUID
    note: str | None
    created_at: datetime


def test_an_answer_is_read_from_attributes() -> None:
    row = SimpleNamespace(
        id=new_id(), note=None, created_at=datetime(2026, 11, 3, 9, 30, tzinfo=UTC), secret="x"
    )

    assert ThingOut.model_validate(row).model_dump(mode="json") == {
        "id": str(row.id),
        "note": None,
        "created_at": "2026-11-03T09:30:00Z",
    }


def test_an_answer_with_a_default_can_not_be_written() -> None:
    with pytest.raises(TypeError, match="note has a default"):

        class Careless(Out):
            note: str | None = None


def test_clients_see_every_member_as_present() -> None:
    schema = ThingOut.model_json_schema(mode="serialization")

    assert schema["required"] == ["id", "note", "created_at"]


def test_an_answer_of_values_that_are_right_already_is_the_same() -> None:
    values: dict[str, Any] = {
        "id": new_id(),
        "note": None,
        "created_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
    }

    assert ThingOut.model_construct(**values) == ThingOut(**values)
    assert ThingOut.model_construct(**values).model_dump_json() == (
        ThingOut(**values).model_dump_json()
    )
