"""Running PostgreSQL's own programs, as an unprivileged account when we are root."""

import os
import pwd
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NOT_STARTED = 127
COMPLAINT = re.compile(r"(?:FATAL|PANIC|ERROR|error|fatal):\s+(.+)")


class EmbeddedPostgresError(Exception):
    """PostgreSQL can't be found, prepared or started; the text is one clear line."""


@dataclass(frozen=True)
class Account:
    """The user the server runs as: PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    def give(self, path: Path) -> None:
        """Hand one file or directory to this account."""
        os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, directory: Path) -> bool:
        """Whether this account can enter a directory (one under /root, say, it can't)."""
        code, _ = run_program(["/bin/sh", "-c", 'cd -- "$1"', "sh", directory], account=self)
        return code == 0


def account_for(state_dir: Path) -> Account | None:
    """Who runs the server: None for ourselves; for root the files' owner, or a system user."""
    if os.geteuid() != 0:
        return None
    if state_dir.exists() and (owner := state_dir.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL can't run as root and there is no user postgres or nobody: "
        "start as an ordinary user, or set ATRIUM_DATABASE_URL"
    )


class Commands:
    """The programs of one PostgreSQL installation, run as `account` (None: as ourselves)."""

    def __init__(self, bin_dir: Path, account: Account | None) -> None:
        self._bin_dir = bin_dir
        self._account = account

    def run(self, program: str, *arguments: str | Path, stdin: str = "") -> None:
        """Run a program to its end; a failure raises EmbeddedPostgresError with its complaint."""
        code, output = self.attempt(program, *arguments, stdin=stdin)
        if code != 0:
            raise EmbeddedPostgresError(f"{program} failed: {complaint(output)}")

    def attempt(self, program: str, *arguments: str | Path, stdin: str = "") -> tuple[int, str]:
        """Run a program to its end; answers its exit code and what it printed."""
        command = [self._bin_dir / program, *arguments]
        return run_program(command, account=self._account, stdin=stdin)


def run_program(
    command: Sequence[str | Path], *, account: Account | None = None, stdin: str = ""
) -> tuple[int, str]:
    """Run any program to its end; answers its exit code and what it printed."""
    # a file, because a server would keep a pipe open long after pg_ctl has ended
    with tempfile.TemporaryFile() as output:
        try:
            code = subprocess.run(
                command,
                input=stdin.encode(),
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=_environment(),
                check=False,
                start_new_session=True,  # Ctrl-C is for us: the server is then stopped in order
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            ).returncode
        except OSError as error:
            return NOT_STARTED, str(error)
        output.seek(0)
        return code, output.read().decode(errors="replace")


def _environment() -> dict[str, str]:
    """Ours without PGHOST, PGDATA and the like, and with messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def complaint(output: str) -> str:
    """What went wrong, from a program's output or a server's log: its last error, else line."""
    if complaints := COMPLAINT.findall(output):
        return str(complaints[-1]).strip()
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it gave no reason"
