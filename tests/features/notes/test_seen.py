"""Read receipts."""

from datetime import timedelta

import pytest
import time_machine

from app.core.clock import now
from tests.features.notes.writing import act, edit, listed, pair, read, write_by
from tests.make import Make

SIDES = ["coach", "client"]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("how", ["get", "seen"])
async def test_the_author_learns_that_it_was_read(make: Make, side: str, how: str):
    people = await pair(make)
    author = getattr(people, side)
    other = people.client if author is people.coach else people.coach
    note = await write_by(author, people, share=True)
    assert (await read(author, note)).json()["seen_at"] is None
    await (read(other, note) if how == "get" else act(other, note, "seen"))
    receipt = (await read(author, note)).json()
    assert receipt["seen_at"]
    assert (receipt["version"], receipt["updated_at"]) == (note["version"], note["updated_at"])


async def test_the_first_reading_counts(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    first = (await act(people.client, note, "seen")).json()["seen_at"]
    with time_machine.travel(now() + timedelta(days=1)):
        assert (await act(people.client, note, "seen")).json()["seen_at"] == first


async def test_a_page_that_shows_the_receipt_is_stale_without_it(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    tag = (await read(people.coach, note)).headers["ETag"]
    await read(people.client, note)
    url, known = f"/v1/notes/{note['id']}", {"If-None-Match": tag}
    assert (await people.coach.http.get(url, headers=known)).status_code == 200


async def test_ones_own_side_leaves_no_receipt(make: Make):
    people = await pair(make)
    colleague = await make.coach(role="coach", workspace_id=people.coach.workspace_id)
    note = await write_by(people.coach, people, share=True)
    await read(colleague, note)
    assert (await act(people.coach, note, "seen")).json()["seen_at"] is None


async def test_a_list_is_no_reading(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    await listed(people.client)
    assert (await read(people.coach, note)).json()["seen_at"] is None


async def test_what_is_shared_anew_has_not_been_read_yet(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    await read(people.client, note)
    assert (await act(people.coach, note, "unshare")).json()["seen_at"]
    assert (await act(people.coach, note, "share")).json()["seen_at"] is None


async def test_a_change_keeps_the_receipt(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    seen_at = (await act(people.client, note, "seen")).json()["seen_at"]
    assert (await edit(people.coach, note, title="Later")).json()["seen_at"] == seen_at
