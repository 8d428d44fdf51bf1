"""A coach adds a program."""

from uuid import uuid4

from tests.features.programs.offers import appointment_type, program
from tests.make import Make


async def test_a_program_is_kept_as_it_was_sent(make: Make):
    coach = await make.coach()
    voice, body = await appointment_type(coach), await appointment_type(coach)
    sent = {
        "name": "Find your voice",
        "slug": "voice",
        "description": "Speak **up**.",
        "duration_weeks": 12,
        "price": {"amount_minor": 120000, "currency": "CHF"},
        "payment_plan": "installments",
        "enrollment_mode": "quick_start",
        "self_scheduling_enabled": True,
        "appointment_types": [
            {"appointment_type_id": voice, "sessions": 8, "expires_after_days": 180},
            {"appointment_type_id": body, "minutes": 480},
        ],
    }

    answer = await coach.http.post("/v1/programs", json=sent)

    assert answer.status_code == 201, answer.text
    made = answer.json()
    for name in sent.keys() - {"appointment_types"}:
        assert made[name] == sent[name], name
    assert made["appointment_types"] == [
        {
            "appointment_type_id": voice,
            "sessions": 8,
            "minutes": None,
            "expires_after_days": 180,
        },
        {
            "appointment_type_id": body,
            "sessions": None,
            "minutes": 480,
            "expires_after_days": None,
        },
    ]
    assert made["status"] == "draft"
    assert made["description_html"] == "<p>Speak <strong>up</strong>.</p>"
    read = await coach.http.get(answer.headers["Location"])
    assert read.json() == made
    assert read.headers["ETag"] == answer.headers["ETag"] == '"v1"'


async def test_a_name_is_enough(make: Make):
    coach = await make.coach()

    answer = await coach.http.post("/v1/programs", json={"name": "Zoë's Way"})

    made = answer.json()
    assert made["slug"] == "zoes-way"
    assert made["price"] == {"amount_minor": 0, "currency": "USD"}
    assert made["self_scheduling_enabled"] is False
    assert made["enrollment_mode"] == "sign_up"
    assert made["appointment_types"] == []


async def test_two_programs_of_one_name_have_two_slugs(make: Make):
    coach = await make.coach()

    first, second = await program(coach), await program(coach)

    assert first["slug"] == "find-your-voice"
    assert second["slug"].startswith("find-your-voice-")


async def test_a_slug_somebody_chose_is_never_changed_behind_their_back(make: Make):
    coach, other = await make.coach(), await make.coach()
    await program(coach, slug="voice")

    taken = await coach.http.post("/v1/programs", json={"name": "X", "slug": "voice"})
    elsewhere = await other.http.post("/v1/programs", json={"name": "X", "slug": "voice"})

    assert taken.status_code == 409
    assert taken.json()["code"] == "program_slug_taken"
    assert elsewhere.status_code == 201


async def test_html_and_bad_links_in_the_description_do_no_harm(make: Make):
    coach = await make.coach()
    description = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://t.test/p.png)"

    made = await program(coach, description=description)

    html = made["description_html"]
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert made["description"] == description


async def test_a_grant_of_a_stranger_s_type_points_at_it(make: Make):
    coach, other = await make.coach(), await make.coach()
    mine, theirs = await appointment_type(coach), await appointment_type(other)
    grants = [
        {"appointment_type_id": mine, "sessions": 1},
        {"appointment_type_id": theirs, "sessions": 1},
    ]

    answer = await coach.http.post("/v1/programs", json={"name": "X", "appointment_types": grants})

    assert answer.status_code == 422
    assert answer.json()["code"] == "unknown_appointment_type"
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/appointment_types/1/appointment_type_id"


async def test_an_unknown_schedule_or_cover_is_refused(make: Make):
    coach = await make.coach()

    for name, code in (("schedule_id", "unknown_schedule"), ("cover_file_id", "unknown_image")):
        answer = await coach.http.post("/v1/programs", json={"name": "X", name: str(uuid4())})
        assert answer.status_code == 422
        assert answer.json()["code"] == code
        assert answer.json()["errors"][0]["pointer"] == f"/{name}"
    assert (await coach.http.get("/v1/programs")).json()["data"] == []
