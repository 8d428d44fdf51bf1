"""Answers that are written as JSON once, tagged by their content."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import pydantic_core
from fastapi import Request, Response

from app.core.etags import not_modified


def tagged_json(request: Request, answer: Mapping[str, Any]) -> Response:
    """The answer under a tag of its content; 304 for who has it already."""
    body = pydantic_core.to_json(answer)
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag}
    unchanged = not_modified(request, tag)
    return unchanged or Response(body, media_type="application/json", headers=headers)
