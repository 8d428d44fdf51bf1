"""Enrolling that makes no sense is refused, and nobody is enrolled."""

from typing import Any
from uuid import uuid4

import pytest

from tests.features.programs.enrolling import key
from tests.features.programs.offers import program
from tests.make import Make

ID = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"contact_ids": []},
        {"contact_ids": ["x"]},
        {"contact_ids": [None]},
        {"contact_ids": ID},
        {"contact_ids": [str(uuid4()) for _ in range(101)]},
        {"contact_ids": [ID], "message": ""},
        {"contact_ids": [ID], "message": "x" * 1001},
        {"contact_ids": [ID], "message": "nul\x00"},
        {"contact_ids": [ID], "status": "active"},
    ],
)
async def test_a_body_that_makes_no_sense(make: Make, body: dict[str, Any]):
    coach = await make.coach()
    made = await program(coach)

    answer = await coach.http.post(
        f"/v1/programs/{made['id']}/enrollments", json=body, headers=key()
    )

    assert answer.status_code == 422, answer.text
    assert (await coach.http.get("/v1/enrollments")).json()["data"] == []


@pytest.mark.parametrize("program_id", ["x", ID])
async def test_a_program_that_isnt_there(make: Make, program_id: str):
    coach = await make.coach()

    answer = await coach.http.post(
        f"/v1/programs/{program_id}/enrollments", json={"contact_ids": [ID]}, headers=key()
    )

    assert answer.status_code == 404
