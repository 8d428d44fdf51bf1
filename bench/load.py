"""Load by wrk: a client in Python would be busier than what it measures."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.core.ids import new_id
from bench.seeds import Practice
from bench.stage import Server, Stage

SCRIPT = Path(__file__).with_name("load.lua")
MISSING = """\
bench: wrk is not installed; it makes the load of everything measured over HTTP.
Debian, Ubuntu: apt install wrk. macOS: brew install wrk. Or measure the rest: make bench ARGS=slots
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is asked again and again; KEYED is a POST with an Idempotency-Key of its own."""

    name: str
    method: Literal["GET", "POST", "KEYED"]
    paths: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What wrk saw in a few seconds; percentiles in milliseconds."""

    requests: int
    seconds: float
    bad: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.requests / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Coaches who ask; each is throttled for themselves, so there have to be many."""

    stage: Stage
    practice: Practice

    def on(self, server: Server, work: Work, *, connections: int, seconds: int) -> Slice:
        """Ask over so many connections for that long."""
        tokens, paths = (self.stage.folder / f"{name}-{server.pid}" for name in ("tokens", "paths"))
        tokens.write_text("\n".join(self.practice.tokens(self.stage)))
        paths.write_text("\n".join(work.paths))
        options = ["-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT)]
        script = [work.method, str(tokens), str(paths), new_id().hex]
        done = subprocess.run(  # noqa: S603 - what is started is written here
            [wrk(), *options, server.url, "--", *script], check=True, capture_output=True
        )
        return Slice(**json.loads(done.stdout.splitlines()[-1]))


def wrk() -> str:
    """Where wrk is; ends with one clear message where it isn't."""
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit(MISSING)
    return found
