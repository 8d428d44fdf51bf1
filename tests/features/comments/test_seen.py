"""Read receipts for what was said."""

import pytest

from tests.features.comments.speaking import heard, say, shared_note
from tests.features.notes.writing import pair
from tests.make import Make


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_the_speaker_learns_that_it_was_read(make: Make, side: str):
    people = await pair(make)
    speaker = getattr(people, side)
    other = people.client if speaker is people.coach else people.coach
    note = await shared_note(people)
    await say(speaker, note, "Hello?")
    assert (await heard(speaker, note))[0]["seen_at"] is None
    assert (await heard(other, note))[0]["seen_at"] is None, "it was news until now"
    receipt = (await heard(speaker, note))[0]["seen_at"]
    assert receipt
    await heard(other, note)
    assert (await heard(speaker, note))[0]["seen_at"] == receipt


async def test_a_colleague_leaves_no_receipt(make: Make):
    people = await pair(make)
    colleague = await make.coach(workspace_id=people.coach.workspace_id)
    note = await shared_note(people)
    await say(people.coach, note, "Hello?")
    await heard(colleague, note)
    assert (await heard(people.coach, note))[0]["seen_at"] is None


async def test_what_was_not_shown_was_not_read(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    for number in range(3):
        await say(people.coach, note, str(number))
    await heard(people.client, note, limit=2)
    seen = [bool(comment["seen_at"]) for comment in await heard(people.coach, note)]
    assert seen == [True, True, False]
