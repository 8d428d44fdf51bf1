"""Who is written to about appointments: the client always, the coach where it wasn't they."""

from email.message import EmailMessage
from typing import Any

import pytest

from tests.features.appointments.enrolling import enrolled_client
from tests.features.appointments.offering import offer
from tests.make import Make
from tests.post_office import PostOffice

NINE, TEN = "2027-03-02T08:00:00Z", "2027-03-02T09:00:00Z"


def told(mails: list[EmailMessage]) -> set[tuple[str, str]]:
    """Who was sent which subject."""
    return {(str(mail["to"].addresses[0].addr_spec), str(mail["subject"])) for mail in mails}


def text_of(mail: EmailMessage, form: str = "plain") -> str:
    part = mail.get_body((form,))
    assert part is not None
    return str(part.get_content())


async def test_a_booking_is_confirmed_to_the_client_and_told_to_the_coach(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    offered = await offer(coach, name="Deep dive", location={"kind": "phone", "value": None})
    ana = await enrolled_client(
        make, coach, offered, first_name="Ana", last_name="Lima", coach_id=coach.member_id
    )
    booked = await ana.booked(NINE, note="See <you>!")

    mails = await post_office.deliver()

    assert told(mails) == {
        (ana.person.email, "Deep dive with Person 2 is booked"),
        (coach.email, "Ana Lima is booked in: Deep dive"),
    }
    hers, theirs = sorted(mails, key=lambda mail: "is booked in" in str(mail["subject"]))
    assert "You have booked Deep dive." in text_of(hers)
    assert "Where:   By telephone" in text_of(hers)
    assert f"https://portal.example.test/appointments/{booked['id']}" in text_of(hers)
    assert "See <you>!" not in text_of(hers)
    assert "> See <you>!" in text_of(theirs)
    assert str(theirs["reply-to"]) == ana.person.email


async def test_an_online_meeting_is_a_click_away(make: Make, post_office: PostOffice):
    coach = await make.coach()
    place = {"kind": "video", "value": "https://meet.example.test/berg?a=1&b=2"}
    ana = await enrolled_client(make, coach, await offer(coach, location=place))

    await ana.booked(TEN)
    mails = await post_office.deliver()

    for mail in mails:
        assert '<a href="https://meet.example.test/berg?a=1&amp;b=2"' in text_of(mail, "html")


async def test_nobody_is_written_to_about_what_was_put_down_afterwards(
    make: Make, post_office: PostOffice
):
    """A coach who notes a meeting of long ago has no date to tell."""
    coach = await make.coach()
    ana = await enrolled_client(make, coach, await offer(coach))
    body = {
        "appointment_type_id": ana.type_id,
        "contact_id": str(ana.person.contact_id),
        "starts_at": "2020-02-25T09:00:00Z",
        "override": True,
    }

    answer = await coach.http.post("/v1/appointments", json=body)

    assert answer.status_code == 201, answer.text
    assert await post_office.deliver() == []


async def test_each_reads_the_time_in_their_own_zone(make: Make, post_office: PostOffice):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    await ana.http.patch("/v1/me", json={"time_zone": "Asia/Kathmandu"})
    await coach.http.patch("/v1/me", json={"time_zone": "America/New_York"})
    await ana.booked("2027-03-16T08:00:00Z")

    by_reader = {str(mail["to"]): text_of(mail) for mail in await post_office.deliver()}

    hers = next(text for to, text in by_reader.items() if ana.person.email in to)
    theirs = next(text for to, text in by_reader.items() if coach.email in to)
    assert "Tuesday, March 16, 2027, 1:45 PM (" in hers
    assert "Tuesday, March 16, 2027, 4:00 AM (Eastern Daylight Time)" in theirs


async def test_a_coachs_own_booking_is_told_to_the_client_only(make: Make, post_office: PostOffice):
    coach = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=coach.workspace_id)
    offered = await offer(coach)
    contact = await make.contact(workspace_id=coach.workspace_id, email="ana@example.test")
    body = {"appointment_type_id": offered["id"], "contact_id": str(contact.id)}

    await coach.http.post("/v1/appointments", json={**body, "starts_at": NINE})
    own = await post_office.deliver()
    await assistant.http.post("/v1/appointments", json={**body, "starts_at": TEN})
    by_assistant = await post_office.deliver()

    assert {to for to, _ in told(own)} == {"ana@example.test"}
    assert {to for to, _ in told(by_assistant)} == {"ana@example.test", coach.email}


async def test_a_series_is_one_letter_with_every_date(make: Make, post_office: PostOffice):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    await ana.booked("2027-03-16T08:00:00Z", series={"count": 3})

    mails = await post_office.deliver()

    assert len(mails) == 2
    for mail in mails:
        assert "(3 times)" in text_of(mail)
        assert text_of(mail).count("Then:") == 2
        assert "March 30, 2027" in text_of(mail)


async def test_a_request_and_its_answer(make: Make, post_office: PostOffice):
    coach = await make.coach()
    offered = await offer(coach, name="Deep dive", requires_confirmation=True)
    ana = await enrolled_client(make, coach, offered, first_name="Ana", last_name="Lima")
    first, second = await ana.booked(NINE), await ana.booked(TEN)

    asked = await post_office.deliver()
    await coach.http.post(f"/v1/appointments/{first['id']}/confirm")
    await coach.http.post(f"/v1/appointments/{second['id']}/decline", json={"reason": "Busy"})
    answered = await post_office.deliver()

    assert told(asked) == {
        (ana.person.email, "Your request for Deep dive with Person 2"),
        (coach.email, "Ana Lima asks for Deep dive"),
    }
    assert told(answered) == {
        (ana.person.email, "Deep dive with Person 2 is confirmed"),
        (ana.person.email, "Person 2 can't make Deep dive"),
    }
    assert "> Busy" in text_of(answered[1])


@pytest.mark.parametrize("by_client", [True, False])
async def test_moving_and_cancelling_are_told_with_the_old_time_and_the_reason(
    make: Make, post_office: PostOffice, *, by_client: bool
):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await post_office.deliver()
    http = ana.http if by_client else coach.http
    url = f"/v1{'/portal' * by_client}/appointments/{booked['id']}"

    await http.post(f"{url}/reschedule", json={"starts_at": TEN, "reason": "Dentist"})
    moved = await post_office.deliver()
    await http.post(f"{url}/cancel", json={"reason": "Snow"})
    cancelled = await post_office.deliver()

    readers = {ana.person.email, coach.email} if by_client else {ana.person.email}
    for mails in (moved, cancelled):
        assert {to for to, _ in told(mails)} == readers
    assert all("Before:" in text_of(mail) for mail in moved)
    reader = coach.email if by_client else ana.person.email
    [letter] = [mail for mail in moved if reader in str(mail["to"])]
    assert "> Dentist" in text_of(letter)
    [letter] = [mail for mail in cancelled if reader in str(mail["to"])]
    assert "> Snow" in text_of(letter)


async def test_everyone_in_a_session_is_told_that_it_is_off(make: Make, post_office: PostOffice):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    clients = [await enrolled_client(make, coach, offered) for _ in range(3)]
    sessions = [await client.booked(NINE) for client in clients]
    await post_office.deliver()

    await coach.http.post(f"/v1/appointments/{sessions[0]['id']}/cancel")

    mails = await post_office.deliver()
    assert {to for to, _ in told(mails)} == {client.person.email for client in clients}


async def test_holds_and_completed_meetings_write_nothing(make: Make, post_office: PostOffice):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    wish: dict[str, Any] = {**ana.wish, "starts_at": NINE}
    held = (await ana.http.post("/v1/portal/slot-holds", json=wish)).json()
    assert await post_office.deliver() == []
    booked = await ana.booked(NINE, hold_id=held["id"])
    await post_office.deliver()

    await coach.http.post(f"/v1/appointments/{booked['id']}/complete")

    assert await post_office.deliver() == []
