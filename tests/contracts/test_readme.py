"""What the README shows works when it is pasted."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def address(fresh_url: str, tmp_path: Path) -> Iterator[str]:
    """A server on a database of its own, as `make run` would start it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ATRIUM_")}
    settings = {
        "ATRIUM_DATABASE_URL": fresh_url,
        "ATRIUM_DATA_DIR": str(tmp_path),
        "ATRIUM_PORT": port,
        "ATRIUM_LOG_LEVEL": "warning",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "app", "serve"],
        cwd=ROOT,
        env=ours | settings,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        assert any("answers on" in line for line in server.stdout)
        yield f"http://127.0.0.1:{port}"
        server.send_signal(signal.SIGINT)


def test_the_curl_tour_tells_the_whole_journey(address: str):
    tour = _tour().replace("http://127.0.0.1:8000", address)

    finished = subprocess.run(
        ["bash", "-euc", tour], capture_output=True, text=True, timeout=300, check=False
    )

    assert finished.returncode == 0, finished.stderr
    lines = finished.stdout.splitlines()
    assert lines[0] == "pending"
    assert '"masked_email":"a•••@example.com"' in lines[1]
    assert lines[2:4] == ["client", "active"]
    assert "Ada" in lines[4]
    assert lines[5:] == [
        "invite_already_accepted",
        "True",  # her first schedule is her default
        "confirmed",
        "slot_taken",
        "False",  # not offered any more
        "invite.ics",
        "<p>You said <strong>no</strong> twice.</p>",
        "Ada",
        "25",  # per cent of the goal
        "submitted",
        "moments.md",
        "1",  # the form's first version
        "why",  # asked of those who sleep badly
        "submitted",
        "2",  # her score
        "Ada filled in a form",
        "%PDF",
        "consented",
        "signed",
        "completing",  # the worker seals it
        "True",  # every entry of the log vouches for those before
        "authentic",
        "Coaching agreement.pdf",
        "21420",
        "open",
        "%PDF-",
        "Thank you!",
        "paid",
        "pending",
        "0",  # she owes nothing
    ]


def test_the_table_lists_every_setting_and_no_other():
    listed = set(re.findall(r"^\| `ATRIUM_([A-Z_]+)`", README, re.MULTILINE))

    assert listed == {name.upper() for name in Settings.model_fields}


def _tour() -> str:
    """The tour's blocks, one after the other in one shell."""
    _, _, rest = README.partition("## A tour with curl")
    tour, _, _ = rest.partition("\n## ")
    return "\n".join(re.findall(r"```sh\n(.*?)```", tour, re.DOTALL))
