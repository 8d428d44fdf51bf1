"""Answers in words, for people and for spreadsheets."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.features.forms.rules import Answers
from app.features.forms.schemas_fields import (
    ConsentField,
    FileField,
    FormItem,
    MultiChoiceField,
    SingleChoiceField,
)

Files = Iterable[Mapping[str, Any]]


def in_words(field: FormItem, answers: Answers, files: Files) -> str | None:
    """The answer to a field: labels for choices, names for files; None for none."""
    answer = answers.get(field.id)
    if answer is None:
        return None
    if isinstance(field, SingleChoiceField | MultiChoiceField):
        labels = {choice.value: choice.label for choice in field.choices}
        chosen = answer if isinstance(answer, list) else [answer]
        return ", ".join(labels[value] for value in chosen)
    if isinstance(field, FileField):
        names = {str(file["id"]): str(file["name"]) for file in files}
        return ", ".join(names.get(file_id, file_id) for file_id in answer)
    if isinstance(field, ConsentField):
        return "Yes" if answer else "No"
    return str(answer)
