"""`python -m app`: the commands of Atrium."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while modules load: gone, without a traceback

from app.cli import cli  # noqa: E402 - loading takes a second, so the line above comes first

cli(prog_name="atrium")
