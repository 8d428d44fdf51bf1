"""Reading the answers that a body holds, one by one."""

from collections.abc import Mapping
from typing import Any

from app.core.validation_errors import json_pointer
from app.features.forms.answer_types import WrongAnswer, typed
from app.features.forms.failures import AnswersInvalid
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import Question


def taken(definition: FormDefinition, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a body, each of its question's type, maybe unfinished; null for none.

    Raises AnswersInvalid (422), which points at each that can't be taken.
    """
    questions = {field.id: field for field in definition.fields if isinstance(field, Question)}
    refused: list[dict[str, str]] = []
    answers: dict[str, Any] = {}
    for field_id, value in sent.items():
        try:
            answers[field_id] = _answer(questions.get(field_id), value)
        except WrongAnswer as wrong:
            refused.append(_refusal(field_id, str(wrong), known=field_id in questions))
    if refused:
        raise AnswersInvalid(errors=refused)
    return answers


def _answer(field: Question | None, value: Any) -> Any:
    if field is None:
        raise WrongAnswer("Not a question of this form")
    return None if value is None else typed(field, value)


def _refusal(field_id: str, detail: str, *, known: bool) -> dict[str, str]:
    code = "wrong_type" if known else "unknown_field"
    pointer = json_pointer(["answers", field_id])
    return {"in": "body", "pointer": pointer, "code": code, "detail": detail}
