"""Models that refer to themselves, which FastAPI describes twice though both are the same."""

import json
from typing import Any

Json = dict[str, Any]

INPUT, OUTPUT = "-Input", "-Output"


def merge_twins(document: Json) -> Json:
    """The document with one schema `X` in place of an `X-Input` and an `X-Output` that agree.

    Those that differ keep their names, and so does whatever refers to them.
    """
    schemas: Json = document.get("components", {}).get("schemas", {})
    twins = {name.removesuffix(INPUT) for name in schemas if name.endswith(INPUT)}
    while twins and (differing := {name for name in twins if not _agree(schemas, name, twins)}):
        twins -= differing
    renamed: Json = json.loads(_unified(json.dumps(document), twins))
    return renamed


def _agree(schemas: Json, name: str, twins: set[str]) -> bool:
    one, other = schemas[name + INPUT], schemas.get(name + OUTPUT)
    return _unified(json.dumps(one), twins) == _unified(json.dumps(other), twins)


def _unified(text: str, twins: set[str]) -> str:
    for name in twins:
        for suffix in (INPUT, OUTPUT):
            text = text.replace(f'/{name}{suffix}"', f'/{name}"')
            text = text.replace(f'"{name}{suffix}":', f'"{name}":')
    return text
