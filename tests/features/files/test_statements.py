"""What each operation costs, in statements; never more for more files."""

from typing import Any

import pytest

from app.core.db import Database
from tests import file_samples as samples
from tests.features.files.test_share import enroll, program
from tests.features.files.uploads import base, uploaded
from tests.make import Make, Person
from tests.repositories.watching import watch


async def statements(database: Database, person: Person, method: str, url: str, **sent: Any) -> int:
    await person.http.get("/v1/files/usage")  # lets the doorkeeper know the caller
    with watch(database.engine) as seen:
        answer = await person.http.request(method, url, **sent)
    assert answer.is_success, answer.text
    return len(seen)


@pytest.mark.parametrize(
    ("method", "way", "wanted"),
    [
        ("GET", "", 1),
        ("GET", "/content", 1),
        ("GET", "/link", 1),
        ("GET", "/versions", 2),
    ],
)
@pytest.mark.parametrize("side", ["coach", "client"])
async def test_reading(
    database: Database,
    coach: Person,
    client: Person,
    side: str,
    method: str,
    way: str,
    wanted: int,
):
    person = {"coach": coach, "client": client}[side]
    file = await uploaded(person)
    url = f"{base(person)}/{file['id']}{way}"

    assert await statements(database, person, method, url) == wanted


async def test_an_upload(database: Database, coach: Person, client: Person):
    small = await statements(database, coach, "POST", "/v1/files?name=a.txt", content=b"x")
    large = await statements(
        database, coach, "POST", "/v1/files?name=a.txt", content=samples.TEXT * 100_000
    )
    shown = await statements(
        database,
        coach,
        "POST",
        f"/v1/files?name=a.txt&contact_id={client.contact_id}",
        content=b"x",
    )

    assert (small, large, shown) == (11, 11, 13)


async def test_sharing_with_a_program_costs_the_same_for_any_number_of_clients(
    make: Make, database: Database, coach: Person
):
    voice = await program(make, coach)
    costs = []
    for _ in range(2):
        for _ in range(5):
            await enroll(make, await make.client(workspace_id=coach.workspace_id), voice)
        file = await uploaded(coach)
        costs.append(
            await statements(
                database,
                coach,
                "POST",
                f"/v1/files/{file['id']}/share",
                json={"program_id": str(voice.id)},
            )
        )

    assert costs[0] == costs[1]
