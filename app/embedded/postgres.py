"""A real PostgreSQL, started beside Atrium when no ATRIUM_DATABASE_URL is given."""

import fcntl
import shutil
import time
from io import TextIOWrapper
from pathlib import Path
from urllib.parse import quote

from app.embedded.postgres_binaries import (
    EXTENSIONS,
    Installation,
    commands_of,
    find_installation,
)
from app.embedded.postgres_commands import (
    Account,
    Commands,
    EmbeddedPostgresError,
    account_for,
    complaint,
)
from app.embedded.postgres_files import (
    locked,
    make_home,
    make_socket_dir,
    open_lock,
    remove_stale_locks,
    write_configuration,
)

ROLE = DATABASE = "atrium"
PORT = 5432
BUILTIN_LOCALE_MAJOR = 17
ACCEPTING, BUSY = 0, 1  # what pg_isready answers; 2: nobody listens

# runs once, in a server without listeners; template1 gives every later database the extensions
BOOTSTRAP = "\n".join(
    [
        *(f"create extension {name};" for name in EXTENSIONS),
        f"create role {ROLE} login createdb nosuperuser nobypassrls;",
        f"create database {DATABASE} owner {ROLE};",
        "",
    ]
)


class EmbeddedPostgres:
    """One PostgreSQL server under `state_dir`, shared by every process that starts it.

    The last process to stop it stops the server. A server, or a process using it, that was
    killed leaves nothing that hinders the next start. With `durable=False` nothing is synced
    to the disk: for tests. A start that fails is tried again for `patience_seconds`, because
    what a killed server leaves behind needs a moment to go.
    """

    def __init__(
        self, state_dir: Path, *, durable: bool = True, patience_seconds: float = 20
    ) -> None:
        self._state_dir = state_dir.expanduser().absolute()
        self._durable = durable
        self._patience_seconds = patience_seconds
        self._in_use: TextIOWrapper | None = None
        self._account: Account | None
        self._home: Path
        self._socket_dir: Path
        self._installation: Installation
        self._commands: Commands

    def start(self) -> str:
        """Make sure the server runs, and answer its SQLAlchemy URL. Blocks for up to seconds.

        Raises EmbeddedPostgresError with one clear line.
        """
        try:
            self._account = account_for(self._state_dir)
            self._home = make_home(self._state_dir, self._account)
            with locked(self._home / "start.lock", self._account):
                self._choose_installation()
                self._join()
                self._await_server()
        except OSError as error:
            self.stop()
            raise EmbeddedPostgresError(f"can't use {self._state_dir}: {error}") from error
        except BaseException:  # interrupted, too: what was started is stopped
            self.stop()
            raise
        return self.admin_url(DATABASE)

    def admin_url(self, database: str = "postgres") -> str:
        """SQLAlchemy URL of any database of the server; its role may create and drop its own."""
        return (
            f"postgresql+asyncpg://{ROLE}@/{quote(database)}"
            f"?host={quote(str(self._socket_dir))}&port={PORT}"
        )

    def stop(self) -> bool:
        """Leave the server; True when nobody else used it and it has stopped."""
        if self._in_use is None:
            return False
        if not self._home.exists():  # removed under a running server, which then ends by itself
            self._in_use.close()
            self._in_use = None
            return True
        with locked(self._home / "start.lock", self._account), self._in_use as in_use:
            self._in_use = None
            fcntl.flock(in_use, fcntl.LOCK_UN)
            try:
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            self._commands.attempt("pg_ctl", "-D", self._data_dir, "-m", "fast", "-s", "stop")
            if self._socket_dir != self._home:
                shutil.rmtree(self._socket_dir, ignore_errors=True)
            return True

    @property
    def _data_dir(self) -> Path:
        return self._home / "data"

    def _join(self) -> None:
        """Count ourselves among the server's users, until stop() or the end of this process."""
        if self._in_use is None:
            self._in_use = open_lock(self._home / "users.lock", self._account)
            fcntl.flock(self._in_use, fcntl.LOCK_SH)

    def _choose_installation(self) -> None:
        version = self._data_dir / "PG_VERSION"
        data_major = int(version.read_text()) if version.exists() else None
        self._installation = find_installation(data_major=data_major)
        self._commands = commands_of(self._installation, self._account)
        self._socket_dir = make_socket_dir(self._home, self._account)

    def _await_server(self) -> None:
        """Start the server unless it answers already."""
        deadline = time.monotonic() + self._patience_seconds
        while (state := self._state()) != ACCEPTING:
            problem = "it is starting or stopping" if state == BUSY else self._launch()
            if problem and time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"PostgreSQL did not start: {problem}")
            if problem:
                time.sleep(0.1)  # the server tells nobody when it is ready

    def _state(self) -> int:
        code, _ = self._commands.attempt("pg_isready", "-q", "-h", self._socket_dir)
        return code

    def _launch(self) -> str:
        """Start the server, made first when there is none; answers the problem, if any."""
        if not self._data_dir.exists():
            self._create()
        remove_stale_locks(self._data_dir, self._socket_dir)
        write_configuration(self._data_dir, self._socket_dir, durable=self._durable)
        log = self._home / "server.log"
        logged = log.stat().st_size if log.exists() else 0
        code, output = self._commands.attempt(
            "pg_ctl", "-D", self._data_dir, "-l", log, "-t", "300", "-s", "start"
        )
        if code == 0:
            return ""
        news = log.read_bytes()[logged:].decode(errors="replace") if log.exists() else ""
        return complaint(news or output)

    def _create(self) -> None:
        """Make the data directory with its role and database; it appears only when complete."""
        unfinished = self._home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._commands.run("initdb", "-D", unfinished, *self._initdb_options())
        self._commands.run(
            "postgres",
            *("--single", "-D", unfinished, "-c", "exit_on_error=on", "template1"),
            stdin=BOOTSTRAP,
        )
        unfinished.rename(self._data_dir)

    def _initdb_options(self) -> list[str]:
        locale = ["--locale=C.UTF-8"]
        if self._installation.major >= BUILTIN_LOCALE_MAJOR:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        sync = [] if self._durable else ["--no-sync"]
        return [
            *("-U", "postgres", "-E", "UTF8", *locale, *sync, "--data-checksums"),
            *("--auth-local=trust", "--auth-host=reject"),
        ]
