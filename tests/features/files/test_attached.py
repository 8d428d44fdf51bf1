"""Files that hang on something: seen with it, kept as long as it holds them."""

from typing import Any
from uuid import UUID

import pytest

from app.core.ids import new_id
from app.repositories.audiences import Audience
from app.repositories.file_attachments import AttachmentRepository, Subject
from tests.features.files.uploads import base, code, content_of, listed, uploaded
from tests.make import Make, Person


class Holder:
    """A note, say: it holds files of one side, and may show them to the other."""

    def __init__(self, make: Make, owner: Person, contact_id: UUID | None) -> None:
        assert contact_id
        self._make = make
        self._owner = owner
        self.subject = Subject(kind="note", id=new_id(), contact_id=contact_id)

    async def hold(self, *files: dict[str, Any], shared: bool) -> None:
        async with self._make.runtime.database.writing(self._owner.workspace_id) as session:
            attachments = AttachmentRepository(session, self._audience())
            ids = [UUID(file["id"]) for file in files]
            await attachments.replace(self.subject, ids, shared=shared)

    async def show(self, *, shared: bool) -> None:
        async with self._make.runtime.database.writing(self._owner.workspace_id) as session:
            await AttachmentRepository(session, self._audience()).show(self.subject, shared=shared)

    async def usable(self, *files: dict[str, Any]) -> set[str]:
        async with self._make.runtime.database.writing(self._owner.workspace_id) as session:
            attachments = AttachmentRepository(session, self._audience())
            found = await attachments.usable([UUID(file["id"]) for file in files])
            return {str(file_id) for file_id in found}

    async def held(self) -> list[str]:
        async with self._make.runtime.database.reading(self._owner.workspace_id) as session:
            attachments = AttachmentRepository(session, self._audience())
            found = await attachments.of_subjects("note", [self.subject.id])
            return [row.name for row in found.get(self.subject.id, [])]

    def _audience(self) -> Audience:
        workspace_id = self._owner.workspace_id
        if self._owner.contact_id:
            return Audience.client(workspace_id, self._owner.contact_id)
        return Audience.team(workspace_id)


@pytest.fixture
def note(make: Make, coach: Person, client: Person) -> Holder:
    return Holder(make, coach, client.contact_id)


async def test_it_is_seen_while_its_holder_is_shared(
    make: Make, coach: Person, client: Person, note: Holder
):
    other = await make.client(workspace_id=coach.workspace_id)
    file = await uploaded(coach)
    await note.hold(file, shared=False)
    assert await listed(client) == []

    await note.show(shared=True)
    assert await listed(client) == ["plan.pdf"]
    assert await content_of(client, file) == await content_of(coach, file)
    assert await listed(other) == []

    await note.show(shared=False)
    assert await listed(client) == []
    assert (await client.http.get(f"/v1/portal/files/{file['id']}")).status_code == 404


async def test_a_clients_private_file_is_seen_with_what_they_share(
    make: Make, coach: Person, client: Person
):
    diary = Holder(make, client, client.contact_id)
    file = await uploaded(client, share=False)
    await diary.hold(file, shared=False)
    assert await listed(coach) == []

    await diary.show(shared=True)
    assert await listed(coach) == ["plan.pdf"]


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_it_can_not_be_deleted_before_it_is_taken_off(
    make: Make, coach: Person, client: Person, side: str
):
    author = {"coach": coach, "client": client}[side]
    holder = Holder(make, author, client.contact_id)
    file = await uploaded(author)
    await holder.hold(file, shared=True)
    url = f"{base(author)}/{file['id']}"

    assert code(await author.http.delete(url)) == (409, "file_in_use")
    await holder.hold(shared=True)
    assert (await author.http.delete(url)).status_code == 204


async def test_only_what_is_ones_own_can_be_attached(
    make: Make, coach: Person, client: Person, note: Holder
):
    stranger = await make.coach()
    own, theirs = await uploaded(coach), await uploaded(client)
    private, elsewhere = await uploaded(client, share=False), await uploaded(stranger)

    assert await note.usable(own, theirs, private, elsewhere) == {own["id"]}


async def test_the_order_is_kept(coach: Person, note: Holder):
    first, second = await uploaded(coach, name="b.pdf"), await uploaded(coach, name="a.pdf")
    await note.hold(first, second, shared=False)

    assert await note.held() == ["b.pdf", "a.pdf"]
