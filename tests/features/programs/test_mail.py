"""Who is told of what by e-mail."""

import re
from email.message import EmailMessage

from tests.features.invites.journey import accept
from tests.features.programs.enrolling import enroll, enrolled
from tests.features.programs.offers import program, program_with_sessions
from tests.features.programs.visiting import confirm, mailed_token, page_of, sign_up
from tests.make import Make
from tests.post_office import PostOffice

PORTAL = r"https://portal\.example\.test"


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


async def test_one_mail_asks_into_the_program_and_the_portal(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await enroll(coach, await program(coach), contact.id, message="Come <along>!")

    [mail] = await post_office.deliver()

    assert str(contact.email) in mail["to"]
    text = text_of(mail)
    assert "Come <along>!" in text
    [token] = re.findall(PORTAL + r"/sign-up/[0-9a-f-]{36}#token=(\S+)", text)
    async with make.anonymous() as browser:
        assert (await accept(browser, token)).status_code == 200


async def test_whoever_has_an_account_gets_no_token(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)

    mail = await post_office.deliver_to(client.email)

    assert re.search(PORTAL + f"/sign-up/{enrollment['id']}$", text_of(mail), re.MULTILINE)
    assert "token" not in text_of(mail)


async def test_the_mail_of_an_invite_that_died_is_not_sent(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    first, second = await program(coach), await program(coach, name="Second")
    await enroll(coach, first, contact.id)
    await enroll(coach, second, contact.id)

    [mail] = await post_office.deliver()

    assert "Second" in mail["subject"]


async def test_quick_start_welcomes_the_client_with_an_invite_if_need_be(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    made = await program(coach, enrollment_mode="quick_start")
    client = await make.client(workspace_id=coach.workspace_id)
    contact = await make.contact(workspace_id=coach.workspace_id)
    await enroll(coach, made, client.contact_id, contact.id)

    mails = {str(mail["to"]): text_of(mail) for mail in await post_office.deliver()}

    assert len(mails) == 2
    with_account = next(text for to, text in mails.items() if client.email in to)
    without = next(text for to, text in mails.items() if str(contact.email) in to)
    assert re.search(PORTAL + r"/enrollments/\S+$", with_account, re.MULTILINE)
    assert re.search(PORTAL + r"/sign-up/\S+#token=\S+", without)


async def test_a_yes_is_told_to_both_and_nothing_twice(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, first_name="Ana")
    made = await program_with_sessions(coach, 8, self_scheduling_enabled=True)
    enrollment = await enrolled(coach, made, client.contact_id)
    await post_office.deliver()
    await client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept")

    mails = {str(mail["to"]): mail for mail in await post_office.deliver()}

    assert len(mails) == 2
    to_client = next(mail for to, mail in mails.items() if client.email in to)
    to_coach = next(mail for to, mail in mails.items() if coach.email in to)
    assert to_client["subject"] == "You have signed up to Find your voice"
    assert "- book your first session" in text_of(to_client)
    assert to_coach["subject"].startswith("Ana ")


async def test_a_no_is_told_to_the_coach_with_its_reason(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    await post_office.deliver()
    await client.http.post(
        f"/v1/portal/enrollments/{enrollment['id']}/decline", json={"reason": "Too far away"}
    )

    [mail] = await post_office.deliver()

    assert coach.email in mail["to"]
    assert "> Too far away" in text_of(mail)


async def test_the_client_hears_of_all_that_the_coach_does_with_their_enrollment(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    await post_office.deliver()
    subjects = []
    for verb in ("activate", "pause", "resume", "cancel"):
        await coach.http.post(f"/v1/enrollments/{enrollment['id']}/{verb}")
        subjects += [mail["subject"] for mail in await post_office.deliver()]

    assert subjects == [
        "Welcome to Find your voice",
        "Find your voice takes a break",
        "Find your voice goes on",
        "Your place in Find your voice is cancelled",
    ]


async def test_a_cancellation_tells_its_reason(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    await post_office.deliver()
    url = f"/v1/enrollments/{enrollment['id']}/cancel"
    await coach.http.post(url, json={"reason": "We part as friends."})

    [mail] = await post_office.deliver()

    assert client.email in mail["to"]
    assert "> We part as friends." in text_of(mail)


async def test_completion_is_told_to_the_coach_unless_they_said_so_themselves(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")
    ids = [(await make.contact(workspace_id=coach.workspace_id)).id for _ in range(2)]
    first, second = [await enrolled(coach, made, one) for one in ids]
    await post_office.deliver()

    await coach.http.post(f"/v1/enrollments/{first['id']}/complete")
    assert await post_office.deliver() == []
    await assistant.http.post(f"/v1/enrollments/{second['id']}/complete")
    [mail] = await post_office.deliver()

    assert coach.email in mail["to"]


async def test_whoever_comes_by_themselves_is_announced(make: Make, post_office: PostOffice):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)
        await confirm(browser, await mailed_token(post_office))

    mails = await post_office.deliver()

    told = sorted((str(mail["to"]), str(mail["subject"])) for mail in mails)
    assert [subject for to, subject in told if "ana@example.test" in to] == [
        "You have signed up to Find your voice"
    ]
    assert [subject for to, subject in told if coach.email in to] == [
        "Ana Lima has registered on your page",
        "Ana Lima has signed up to Find your voice",
    ]


async def test_the_question_whose_address_it_is_goes_out_whatever_is_known_of_it(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    page = await page_of(make, coach, await program(coach))
    async with make.anonymous() as browser:
        await sign_up(browser, page)

    [mail] = await post_office.deliver()

    assert "ana@example.test" in mail["to"]
    assert "because your address was entered on its page" in text_of(mail)
