"""Contacts with appointments stay; what was given up keeps nobody."""

from tests.features.appointments.offering import offer
from tests.make import Make

NINE = "2027-03-02T08:00:00Z"


async def test_a_contact_with_an_appointment_is_archived_not_deleted(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    contact = await make.contact(workspace_id=coach.workspace_id)
    body = {"appointment_type_id": offered["id"], "contact_id": str(contact.id)}
    booked = (await coach.http.post("/v1/appointments", json={**body, "starts_at": NINE})).json()

    kept = await coach.http.delete(f"/v1/contacts/{contact.id}")
    await coach.http.post(f"/v1/appointments/{booked['id']}/cancel")
    gone = await coach.http.delete(f"/v1/contacts/{contact.id}")

    assert (kept.status_code, kept.json()["code"]) == (409, "contact_in_use")
    assert kept.json()["held_by"] == {"appointments": 1}
    assert gone.status_code == 204
    seen = (await coach.http.get(f"/v1/appointments/{booked['id']}")).json()
    assert (seen["status"], seen["attendees"]) == ("cancelled", [])
