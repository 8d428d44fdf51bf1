"""Rules about the code that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
FOLDERS = ("app", "tests", "migrations", "bench")


def python_files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (ROOT / folder).rglob("*.py")
    yield ROOT / "dev.py"


def test_no_file_is_longer_than_one_can_read():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_test_sleeps():
    """Kits may poll for a condition; a test waits for what it wants to see."""
    sleepers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _sleeps(node)
    ]

    assert sleepers == []


def _sleeps(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Attribute) and call.func.attr == "sleep"
    yields = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    return named and not yields


@pytest.mark.parametrize("word", ["BaseHTTPMiddleware", "HTTPException("])
def test_what_performance_and_named_failures_forbid(word: str):
    users = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        if word in path.read_text("utf-8") and path.name != "errors.py"
    ]

    assert users == []
