"""Mail about files: to the other side, once, when there is something to see."""

from email.message import EmailMessage

from tests.features.files.uploads import share, unshare, uploaded
from tests.make import Make, Person
from tests.post_office import PostOffice


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    text: str = body.get_content()
    return text


async def test_a_client_is_told_what_a_coach_shares(
    post_office: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, name="Plan für Ada.pdf", contact_id=client.contact_id)
    message = await post_office.deliver_to(client.email)
    text = words(message)

    assert "shared a file with you" in str(message["subject"])
    assert "Plan für Ada.pdf" in text
    assert f"https://portal.example.test/files/{file['id']}" in text


async def test_a_coach_is_told_what_a_client_shares(
    post_office: PostOffice, coach: Person, client: Person
):
    file = await uploaded(client)
    message = await post_office.deliver_to(coach.email)
    text = words(message)

    assert str(message["subject"]) == "Ada Lima shared a file with you"
    assert f"/contacts/{client.contact_id}/files/{file['id']}" in text
    assert str(message["reply-to"]) == client.email


async def test_private_files_mail_nobody(post_office: PostOffice, coach: Person, client: Person):
    await uploaded(coach)
    await uploaded(client, share=False)

    assert await post_office.deliver() == []


async def test_sharing_once_more_mails_nobody(
    post_office: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, contact_id=client.contact_id)
    await post_office.deliver()
    await share(coach, file, contact_id=str(client.contact_id))

    assert await post_office.deliver() == []


async def test_what_was_taken_back_at_once_is_not_told(
    post_office: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, contact_id=client.contact_id)
    await unshare(coach, file, contact_id=str(client.contact_id))

    assert await post_office.deliver() == []


async def test_a_mail_that_was_sent_forgets_the_name_when_the_sharing_ends(
    post_office: PostOffice, coach: Person, client: Person
):
    file = await uploaded(coach, name="Secret plan.pdf", contact_id=client.contact_id)
    await post_office.deliver()
    await unshare(coach, file, contact_id=str(client.contact_id))
    [email] = (await coach.http.get("/v1/emails")).json()["data"]
    preview = await coach.http.get(f"/v1/emails/{email['id']}/preview")

    assert "Secret plan" not in preview.text


async def test_a_client_who_is_shut_out_is_not_written_to(
    make: Make, post_office: PostOffice, coach: Person
):
    client = await make.client(workspace_id=coach.workspace_id)
    await coach.http.put(f"/v1/contacts/{client.contact_id}/portal-access", json={"enabled": False})
    await post_office.deliver()
    await uploaded(coach, contact_id=client.contact_id)

    assert await post_office.deliver() == []
