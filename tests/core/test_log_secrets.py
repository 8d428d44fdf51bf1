import json
import logging
import subprocess
import sys

from app.core.logs import without_secrets


def test_members_named_like_secrets_are_redacted() -> None:
    event = {
        "event": "sign-in",
        "password": "hunter2",
        "refresh_token": "hunter2",
        "Authorization": "Bearer hunter2",
        "headers": {"Set-Cookie": "hunter2", "accept": "*/*"},
        "user_id": 1,
    }

    kept = without_secrets(logging.getLogger(), "info", event)

    assert "hunter2" not in str(kept)
    assert kept["user_id"] == 1
    assert kept["headers"]["accept"] == "*/*"


PROGRAM = """
import logging, structlog
from app.core.logs import configure_logging
configure_logging("info", "%s")
log = structlog.get_logger("test")
log.debug("unheard")
log.info("heard", api_key="hunter2", number=7)
logging.getLogger("library").warning("library speaks")
logging.getLogger("httpx").info("GET https://example.com/hunter2")
try:
    password = "hunter2"
    raise RuntimeError("broken")
except RuntimeError:
    log.exception("failed")
"""


def printed(style: str) -> str:
    program = [sys.executable, "-c", PROGRAM % style]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    assert done.stdout == ""
    return done.stderr


def test_json_lines_are_json() -> None:
    lines = [json.loads(line) for line in printed("json").splitlines()]

    assert [line["event"] for line in lines] == ["heard", "library speaks", "failed"]
    assert lines[0]["number"] == 7
    assert lines[0]["api_key"] == "[redacted]"
    assert "RuntimeError: broken" in lines[2]["exception"]


def test_console_lines_tell_no_secret_not_even_in_tracebacks() -> None:
    text = printed("console")

    assert "heard" in text
    assert "library speaks" in text
    assert "RuntimeError: broken" in text
    assert "unheard" not in text
    assert "hunter2" not in text
