"""What the demo's coach asks of her clients in forms, and how far they are with their answers."""

from datetime import timedelta
from typing import Any

from app.core.clock import now
from app.demo.people import CLIENT_PASSWORD
from app.demo.visitor import Visitor

SCALE = [
    {"value": "never", "label": "Never", "score": 0},
    {"value": "sometimes", "label": "Sometimes", "score": 1},
    {"value": "often", "label": "Often", "score": 3},
]


def _often(field_id: str, label: str) -> dict[str, Any]:
    choices = {"required": True, "choices": SCALE}
    return {"id": field_id, "type": "single_choice", "label": label, **choices}


CHECK_IN: dict[str, Any] = {
    "title": "How was your week?",
    "fields": [
        _often("tired", "Tired before the day began"),
        _often("alone", "Left alone with it"),
        {
            "id": "more",
            "type": "long_text",
            "label": "What would have helped?",
            "visible_if": {
                "any": [
                    {"field": "tired", "op": "equals", "value": "often"},
                    {"field": "alone", "op": "equals", "value": "often"},
                ]
            },
        },
    ],
    "bands": [
        {"label": "Steady", "min": 0, "max": 2},
        {"label": "Under strain", "min": 3, "max": 6},
    ],
}
INTAKE: dict[str, Any] = {
    "title": "Before we begin",
    "description": "Ten minutes, and none of it has to be perfect.",
    "fields": [
        {"id": "about", "type": "heading", "label": "About you"},
        {"id": "called", "type": "short_text", "label": "What shall I call you?"},
        {"id": "wish", "type": "long_text", "label": "What shall be different?", "required": True},
        {
            "id": "keep",
            "type": "consent",
            "label": "Your answers",
            "statement": "You may keep them for as long as we work together.",
            "required": True,
        },
    ],
}
TOLD = (
    {"tired": "often", "alone": "sometimes", "more": "An hour without the phone."},
    {"tired": "sometimes", "alone": "never"},
)


async def ask_and_answer(visitor: Visitor, clients: list[str]) -> None:
    """A weekly form for five: two have answered; and an intake for one program."""
    check_in = await _published(visitor, CHECK_IN)
    due_at = (now() + timedelta(days=5)).isoformat()
    body = {"contact_ids": clients[:5], "due_at": due_at}
    sent = await visitor.post(f"/v1/forms/{check_in}/requests", body)
    asked = {one["contact_id"]: one["response"]["id"] for one in sent["data"]}
    for contact_id, answers in zip(clients, TOLD, strict=False):
        await _answer(visitor, contact_id, asked[contact_id], answers)
    await visitor.post(f"/v1/form-responses/{asked[clients[0]]}/review", {})
    programs = await visitor.get("/v1/programs")
    signing_up = [one for one in programs["data"] if one["enrollment_mode"] == "sign_up"]
    intake = await _published(visitor, INTAKE)
    for program in signing_up:
        await visitor.patch(f"/v1/programs/{program['id']}", {"form_ids": [intake]})


async def _published(visitor: Visitor, form: dict[str, Any]) -> str:
    form_id = str((await visitor.post("/v1/forms", form))["id"])
    await visitor.post(f"/v1/forms/{form_id}/publish", {})
    return form_id


async def _answer(
    visitor: Visitor, contact_id: str, response_id: str, answers: dict[str, str]
) -> None:
    client = await visitor.sign_in(contact_id, CLIENT_PASSWORD)
    place = f"/v1/portal/form-responses/{response_id}"
    await visitor.patch(place, {"answers": answers}, headers=client)
    await visitor.post(f"{place}/submit", {}, headers=client)
