"""A client who begins a program reads of all that it brings along in one letter."""

from collections.abc import Sequence
from email.message import EmailMessage

import time_machine

from tests.features.files.uploads import uploaded
from tests.features.programs.content import bring, full_program
from tests.features.programs.enrolling import enrolled
from tests.features.programs.offers import program
from tests.features.programs.test_bringing import AT
from tests.make import Make
from tests.post_office import PostOffice


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def to(mail: Sequence[EmailMessage], email: str) -> list[EmailMessage]:
    return [message for message in mail if email in str(message["to"])]


async def test_one_letter_lists_it(make: Make, post_office: PostOffice):
    with time_machine.travel(AT, tick=False):
        coach = await make.coach()
        client = await make.client(workspace_id=coach.workspace_id)
        made, file = await full_program(coach), await uploaded(coach, name="Reader.pdf")
        await coach.http.post(f"/v1/files/{file['id']}/share", json={"program_id": made["id"]})
        await post_office.deliver()
        enrollment = await enrolled(coach, made, client.contact_id)
        [mail] = await post_office.deliver()
    assert client.email in str(mail["to"])
    text = text_of(mail)
    for line in ("- Three moments, until", "- Your week", "- Speak up, by", "- Reader.pdf"):
        assert line in text
    assert f"/enrollments/{enrollment['id']}" in text


async def test_whoever_signs_up_gets_two_one_of_each(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await full_program(coach, mode="sign_up"), client.contact_id)
    await post_office.deliver()
    await client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept")
    mail = await post_office.deliver()
    subjects = sorted(str(message["subject"]) for message in to(mail, client.email))
    assert subjects == ["Welcome to Find your voice", "You have signed up to Find your voice"]
    assert len(to(mail, coach.email)) == 1


async def test_long_lists_are_cut(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach, enrollment_mode="quick_start")
    await bring(coach, made, goals=[{"title": f"Goal {n}."} for n in range(30)], assignments=[])
    await enrolled(coach, made, client.contact_id)
    [mail] = await post_office.deliver()
    assert "- Goal 9." in text_of(mail)
    assert "- Goal 10." not in text_of(mail)
    assert "- and 20 more" in text_of(mail)


async def test_their_days_are_reminded_of_as_of_any(make: Make, post_office: PostOffice):
    with time_machine.travel(AT, tick=False):
        coach = await make.coach()
        client = await make.client(workspace_id=coach.workspace_id)
        await enrolled(coach, await full_program(coach), client.contact_id)
        await post_office.deliver()
    with time_machine.travel(AT.replace(month=4), tick=False):
        mail = await post_office.deliver()
    assert len(to(mail, coach.email)) == 1  # late
    assert len(to(mail, client.email)) == 1  # overdue; what was due soon is over


async def test_nobody_is_reminded_of_what_belongs_to_a_cancelled_program(
    make: Make, post_office: PostOffice
):
    with time_machine.travel(AT, tick=False):
        coach = await make.coach()
        client = await make.client(workspace_id=coach.workspace_id)
        enrollment = await enrolled(coach, await full_program(coach), client.contact_id)
        await coach.http.post(f"/v1/enrollments/{enrollment['id']}/cancel")
        await post_office.deliver()
    for months in (4, 5, 6):
        with time_machine.travel(AT.replace(month=months), tick=False):
            assert await post_office.deliver() == []
