"""Programs that make no sense are refused by name, and nothing is kept."""

from typing import Any
from uuid import uuid4

import pytest

from tests.features.programs.offers import program
from tests.make import Make

TYPE = str(uuid4())
GRANT = {"appointment_type_id": TYPE}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 151},
        {"name": "two\nlines"},
        {"name": "nul\x00"},
        {"slug": "Not A Slug"},
        {"slug": "a"},
        {"description": "x" * 10_001},
        {"status": "archived"},
        {"duration_weeks": 0},
        {"duration_weeks": 1.5},
        {"duration_weeks": "12"},
        {"duration_weeks": 10**12},
        {"price": {"amount_minor": -1, "currency": "EUR"}},
        {"price": {"amount_minor": 1, "currency": "XXX"}},
        {"price": {"amount_minor": 2**60, "currency": "EUR"}},
        {"price": {"amount_minor": True, "currency": "EUR"}},
        {"price": 5},
        {"payment_plan": "later"},
        {"enrollment_mode": "auto"},
        {"self_scheduling_enabled": "yes"},
        {"schedule_id": "none"},
        {"appointment_types": [GRANT]},
        {"appointment_types": [{**GRANT, "sessions": 1, "minutes": 1}]},
        {"appointment_types": [{**GRANT, "sessions": 0}]},
        {"appointment_types": [{**GRANT, "sessions": 1001}]},
        {"appointment_types": [{**GRANT, "sessions": 1, "expires_after_days": 0}]},
        {"appointment_types": [{**GRANT, "sessions": 1}, {**GRANT, "minutes": 1}]},
        {"appointment_types": [{"appointment_type_id": str(uuid4()), "sessions": 1}] * 51},
        {"workspace_id": str(uuid4())},
    ],
)
async def test_a_program_that_makes_no_sense_is_not_kept(make: Make, wrong: dict[str, Any]):
    coach = await make.coach()

    answer = await coach.http.post("/v1/programs", json={"name": "Fine", **wrong})

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]
    assert (await coach.http.get("/v1/programs")).json()["data"] == []


@pytest.mark.parametrize(
    "wrong", [{"name": None}, {"price": None}, {"appointment_types": None}, {"status": "draft"}]
)
async def test_null_empties_only_what_may_be_empty(make: Make, wrong: dict[str, Any]):
    coach = await make.coach()
    made = await program(coach)

    answer = await coach.http.patch(f"/v1/programs/{made['id']}", json=wrong)

    assert answer.status_code == 422
    assert (await coach.http.get(f"/v1/programs/{made['id']}")).json() == made


@pytest.mark.parametrize("query", ["status=gone", "limit=0", "limit=101", "cursor=x", "page=2"])
async def test_a_list_asked_for_wrongly(make: Make, query: str):
    coach = await make.coach()

    assert (await coach.http.get(f"/v1/programs?{query}")).status_code == 422
