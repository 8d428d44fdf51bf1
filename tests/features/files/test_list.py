"""Lists of files: filtered, searched, in order, page by page."""

import pytest

from tests import file_samples as samples
from tests.features.files.uploads import listed, uploaded
from tests.make import Make, Person


@pytest.fixture
async def shelf(coach: Person, client: Person) -> None:
    """Some of the coach's, some of the client's."""
    await uploaded(coach, name="Bears.pdf")
    await uploaded(coach, samples.TEXT, "aardvarks 100%.txt", contact_id=client.contact_id)
    await uploaded(client, name="Cats.pdf")
    await uploaded(client, name="dreams.pdf", share=False)


@pytest.mark.usefixtures("shelf")
async def test_each_side_sees_its_own_and_what_it_is_shown(coach: Person, client: Person):
    assert await listed(coach) == ["Cats.pdf", "aardvarks 100%.txt", "Bears.pdf"]
    assert await listed(client) == ["dreams.pdf", "Cats.pdf", "aardvarks 100%.txt"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"uploaded_by": "client"}, ["Cats.pdf"]),
        ({"uploaded_by": "member"}, ["aardvarks 100%.txt", "Bears.pdf"]),
        ({"search": "AARD"}, ["aardvarks 100%.txt"]),
        ({"search": "100%"}, ["aardvarks 100%.txt"]),
        ({"search": "pdf ears"}, ["Bears.pdf"]),
        ({"search": "_"}, []),
        ({"state": "available"}, ["Cats.pdf", "aardvarks 100%.txt", "Bears.pdf"]),
        ({"state": "infected"}, []),
        ({"sort": "name"}, ["aardvarks 100%.txt", "Bears.pdf", "Cats.pdf"]),
        ({"sort": "-name"}, ["Cats.pdf", "Bears.pdf", "aardvarks 100%.txt"]),
        ({"sort": "created_at"}, ["Bears.pdf", "aardvarks 100%.txt", "Cats.pdf"]),
    ],
)
async def test_filters(coach: Person, query: dict[str, str], names: list[str]):
    assert await listed(coach, **query) == names


@pytest.mark.usefixtures("shelf")
async def test_a_contacts_files_are_theirs_and_those_shown_to_them(
    make: Make, coach: Person, client: Person
):
    other = await make.client(workspace_id=coach.workspace_id)

    assert await listed(coach, contact_id=client.contact_id) == ["Cats.pdf", "aardvarks 100%.txt"]
    assert await listed(coach, contact_id=other.contact_id) == []


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-created_at"])
async def test_pages_neither_skip_nor_repeat(coach: Person, sort: str):
    seen: list[str] = []
    query: dict[str, str] = {"limit": "1", "sort": sort}
    while True:
        page = (await coach.http.get("/v1/files", params=query)).json()
        seen += [file["name"] for file in page["data"]]
        if not page["has_more"]:
            break
        query["cursor"] = page["next_cursor"]

    assert seen == await listed(coach, sort=sort)


async def test_a_client_can_not_filter_their_way_out(client: Person):
    answer = await client.http.get(
        "/v1/portal/files", params={"contact_id": str(client.contact_id)}
    )

    assert answer.status_code == 422


async def test_one_file_is_known_by_its_tag(coach: Person):
    file = await uploaded(coach)
    first = await coach.http.get(f"/v1/files/{file['id']}")
    again = await coach.http.get(
        f"/v1/files/{file['id']}", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.json() == file
    assert again.status_code == 304
