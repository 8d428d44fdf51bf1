"""The invitation's mail, and the coach's when it is accepted."""

import re
from email.message import EmailMessage

from tests.features.invites.journey import accept, invite, invited_contact
from tests.make import Make
from tests.post_office import PostOffice


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


async def test_the_button_leads_to_the_portal_with_the_token_in_the_fragment(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, email="ada@example.test")
    await invite(coach, contact.id, message="See you <there>!")

    mail = await post_office.deliver_to("ada@example.test")

    text = text_of(mail)
    assert "See you <there>!" in text
    [token] = re.findall(r"https://portal\.example\.test/invite#token=(\S+)", text)
    html = text_of(mail, "html")
    assert f"https://portal.example.test/invite#token={token}" in html
    assert "See you &lt;there&gt;!" in html
    async with make.anonymous() as browser:
        assert (await accept(browser, token)).status_code == 200


async def test_the_delivery_shows_on_the_contact(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact_id, _ = await invited_contact(make, coach)

    await post_office.deliver()

    portal = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()["portal"]
    assert portal["last_invite_delivery"] == {"status": "sent", "smtp_reply": "250 kept"}


async def test_the_coach_is_told_once_when_the_client_accepts(make: Make, post_office: PostOffice):
    coach = await make.coach()
    _, token = await invited_contact(make, coach, first_name="Ada", last_name="Lovelace")
    await post_office.deliver()
    async with make.anonymous() as browser:
        await accept(browser, token)

    [mail] = await post_office.deliver()

    assert coach.email in mail["to"]
    assert "Ada Lovelace" in text_of(mail)
