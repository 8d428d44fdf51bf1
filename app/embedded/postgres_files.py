"""Where the embedded PostgreSQL keeps its things: home, socket directory, locks, settings."""

import contextlib
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from app.embedded.postgres_binaries import WITHIN_REACH
from app.embedded.postgres_commands import Account, EmbeddedPostgresError, run_program

# a Unix socket's path has at most 103 bytes on macOS, 107 on Linux: "<directory>/.s.PGSQL.5432";
# a comma or a colon in it would read as a list of hosts
SOCKET_DIR = re.compile(rb"[\w ./+-]{1,85}")
SHELL_CHARACTERS = set('$`"\\\n')  # pg_ctl hands its paths to a shell
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_locks_per_transaction": "128",
    "jit": "off",
    "autovacuum_naptime": "15s",  # tables of a new practice grow from nothing to thousands of rows
    "timezone": "UTC",
    "log_timezone": "UTC",
    "idle_in_transaction_session_timeout": "5min",
    "log_checkpoints": "off",
    # no personal data in the log: neither statements nor the values of a violated constraint
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
NEVER_SYNCED = {"fsync": "off", "full_page_writes": "off"}
"""Survives every kill, but not the machine's."""


def make_home(state_dir: Path, account: Account | None) -> Path:
    """The directory the server's account can use for `state_dir`, made when absent.

    It is `state_dir` itself, or, where root's account can't go (a clone under /root), a fresh
    directory under /var/lib/atrium with `state_dir` as a link to it.
    """
    state_dir.parent.mkdir(parents=True, exist_ok=True)
    if not state_dir.exists():
        if account is None or account.reaches(state_dir.parent):
            _make_private(state_dir, account)
        else:
            _make_elsewhere(state_dir, account)
    home = state_dir.resolve()
    if SHELL_CHARACTERS & set(str(home)):
        raise EmbeddedPostgresError(f"a shell would misread the path {home}: set ATRIUM_DATA_DIR")
    if account and home.stat().st_uid != account.uid:  # made, or copied, by root
        for path in (home, *home.rglob("*")):
            account.give(path)
    if not os.access(home, os.W_OK | os.X_OK) or (account and not account.reaches(home)):
        raise EmbeddedPostgresError(
            f"{home} belongs to another user: start as that user, or set ATRIUM_DATA_DIR"
        )
    return home


def _make_elsewhere(state_dir: Path, account: Account) -> None:
    WITHIN_REACH.mkdir(mode=0o755, parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="data-", dir=WITHIN_REACH))
    account.give(home)
    if state_dir.is_symlink():  # its target was removed
        state_dir.unlink()
    try:
        state_dir.symlink_to(home)
    except FileExistsError:  # another process was faster
        home.rmdir()


def _make_private(directory: Path, account: Account | None) -> None:
    with contextlib.suppress(FileExistsError):  # another process was faster
        directory.mkdir(mode=0o700)
        if account:
            account.give(directory)


def make_socket_dir(home: Path, account: Account | None) -> Path:
    """`home` when a socket's path can be as long, else a private directory in /tmp."""
    if SOCKET_DIR.fullmatch(os.fsencode(home)):
        return home
    owner = account.uid if account else os.getuid()
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    # not TMPDIR, which may differ between the processes that share this server
    socket_dir = Path("/tmp") / f"atrium-{owner}-{digest}"  # noqa: S108 - its owner is checked
    _make_private(socket_dir, account)
    if socket_dir.is_symlink() or socket_dir.stat().st_uid != owner:
        raise EmbeddedPostgresError(f"{socket_dir} belongs to another user: remove it")
    return socket_dir


@contextlib.contextmanager
def locked(path: Path, account: Account | None) -> Iterator[None]:
    """Hold a file's exclusive lock; the kernel lets go of it even after kill -9."""
    with open_lock(path, account) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_lock(path: Path, account: Account | None) -> TextIOWrapper:
    """A file to lock, usable by the account as well."""
    lock = path.open("a")
    if account:
        account.give(path)
    return lock


def remove_stale_locks(data_dir: Path, socket_dir: Path) -> None:
    """Remove the lock files of a server that is gone.

    PostgreSQL itself only asks whether the process number exists, so a zombie or a number used
    again (a restarted container) would keep it from starting.
    """
    for lock in (data_dir / "postmaster.pid", socket_dir / ".s.PGSQL.5432.lock"):
        try:
            pid = int(lock.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            pid = None
        if pid is None or not _serves(pid, data_dir):
            lock.unlink(missing_ok=True)


def _serves(pid: int, data_dir: Path) -> bool:
    """Whether that process is alive and a server of this data directory."""
    if Path("/proc/self/stat").exists():
        return os.fsencode(data_dir) in _command_line(pid)
    _, told = run_program(["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)])  # macOS
    return str(data_dir) in told


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()  # empty for a zombie
    except OSError:
        return b""


def write_configuration(data_dir: Path, socket_dir: Path, *, durable: bool) -> None:
    """Write postgresql.conf anew, so that an older data directory gets today's settings.

    Settings of one's own go in by ALTER SYSTEM, which PostgreSQL keeps in another file.
    """
    settings = SETTINGS | ({} if durable else NEVER_SYNCED)
    settings["unix_socket_directories"] = str(socket_dir)
    settings["unix_socket_permissions"] = "0700"
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    (data_dir / "postgresql.conf").write_text("".join(lines))
