"""A contact that is deleted takes along what they had to do, and what they handed in."""

from sqlalchemy import func, select

from app.models import Assignment, FileAttachment, Submission
from tests.features.assignments.tasks import act, given, pair
from tests.features.files.uploads import uploaded
from tests.make import Make


async def test_nothing_of_it_stays(make: Make):
    coach, client = await pair(make)
    sheet, own = await uploaded(coach), await uploaded(client, share=False)
    task = await given(coach, client, file_ids=[sheet["id"]])
    await act(client, task, "submissions", text="Here", file_ids=[own["id"]])

    removed = await coach.http.delete(f"/v1/contacts/{client.contact_id}")

    assert removed.status_code == 204, removed.text
    async with make.runtime.database.reading(coach.workspace_id) as session:
        for left in (Assignment, Submission, FileAttachment):
            assert await session.scalar(select(func.count()).select_from(left)) == 0
    assert (await coach.http.delete(f"/v1/files/{sheet['id']}")).status_code == 204
