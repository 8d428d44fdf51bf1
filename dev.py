"""Everything a developer does, from a fresh clone on: `python3 dev.py run`, `python3 dev.py test`.

Needs Python 3.11 and nothing else: it keeps a virtualenv in `.venv` in step with the hashed locks
of `requirements/`. `make` offers the same commands.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NoReturn

try:
    import fcntl
except ImportError:
    sys.exit("On Windows, run Atrium inside WSL (Windows Subsystem for Linux).")
if sys.version_info < (3, 11):  # noqa: UP036 - what an older Python is told
    sys.exit(f"Atrium needs Python 3.11 or newer, and this is {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
UV = "uv>=0.9,<1"
HOST = re.compile(r"\b(?:https?|file)://[^\s`'\")]+")
RULED_LINE = re.compile(rb"(?:\x1b\[[\d;]*m)*=")
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "--quiet"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy", "--no-error-summary"],
    "import contracts": [
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])",
    ],
}
Check = tuple[str, "subprocess.Popen[bytes]", IO[bytes]]


def run(arguments: list[str]) -> int:
    """Start Atrium with all it needs: database, mailbox, demo practice."""
    install("run")
    execute("-m", "app", "serve", *arguments)


def test(arguments: list[str]) -> int:
    """Run all checks and all tests; with arguments, only pytest, with them."""
    install("dev")
    if arguments:
        execute("-m", "pytest", *arguments)
    checks = start_checks()
    code, closing_line = run_pytest()
    failed = report(checks)
    print(closing_line, flush=True)
    return code or failed


def lint(_: list[str]) -> int:
    """Check style, types and import contracts."""
    install("dev")
    return report(start_checks())


def types(_: list[str]) -> int:
    """Check types."""
    install("dev")
    execute(*CHECKS["mypy"])


def format_code(_: list[str]) -> int:
    """Format the code and mend what can be mended."""
    install("dev")
    fixed = subprocess.run([PYTHON, "-m", "ruff", "check", "--fix-only", "--quiet"], check=False)
    return subprocess.run([PYTHON, "-m", "ruff", "format"], check=False).returncode or (
        fixed.returncode
    )


def lock(arguments: list[str]) -> int:
    """Resolve the dependencies into requirements/; `--upgrade` takes newer versions."""
    make_venv()
    compile_lock("run", arguments)
    compile_lock("dev", ["--group", "dev", "-c", str(LOCKS / "run.lock"), *arguments])
    return 0


def openapi(arguments: list[str]) -> int:
    """Write openapi/openapi.json."""
    install("run")
    execute("-m", "app", "openapi", *arguments)


def bench(arguments: list[str]) -> int:
    """Measure Atrium against its floor."""
    install("dev")
    execute("-m", "bench", *arguments)


def clean(_: list[str]) -> int:
    """Remove .venv and all caches; the data in var/ stays."""
    caches = [".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis"]
    for name in [".venv", *caches]:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "types": types,
    "format": format_code,
    "lock": lock,
    "openapi": openapi,
    "bench": bench,
    "clean": clean,
}


def install(wanted: str) -> None:
    """Make .venv hold what requirements/<wanted>.lock says; once there, `dev` serves `run` too."""
    with one_at_a_time():
        present, fingerprint = installed()
        if fingerprint == current_fingerprint() and present in (wanted, "dev"):
            return
        started = time.monotonic()
        print("Installing what Atrium needs...", flush=True)
        make_venv()
        level = "dev" if present == "dev" else wanted
        sync(LOCKS / f"{level}.lock")
        STAMP.write_text(f"{level} {current_fingerprint()}")
        print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def installed() -> tuple[str, str]:
    """Which lock .venv was made from, and its fingerprint; empty for none."""
    level, _, fingerprint = STAMP.read_text().partition(" ") if STAMP.exists() else ("", "", "")
    return level, fingerprint


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait while another dev.py installs."""
    with (LOCKS / "run.lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def current_fingerprint() -> str:
    """Changes with either lock, and with the Python that .venv stands on."""
    locks = b"".join((LOCKS / f"{name}.lock").read_bytes() for name in ("run", "dev"))
    return hashlib.sha256(locks + os.fsencode(os.path.realpath(PYTHON))).hexdigest()


def make_venv() -> None:
    """Make .venv, with uv in it."""
    if PYTHON.exists() and (VENV / "bin" / "uv").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "This Python can't make virtualenvs; on Debian or Ubuntu: apt install python3-venv"
        )
    anew = [] if PYTHON.exists() else ["--clear"]
    must(sys.executable, "-m", "venv", *anew, str(VENV))
    must(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)


def sync(lock_file: Path) -> None:
    """Install exactly the lock; by pip where only pip knows the way to a package index."""
    uv = VENV / "bin" / "uv"
    code, _ = attempt(
        uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", lock_file
    )
    if code != 0:
        must(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock_file)


def compile_lock(name: str, arguments: list[str]) -> None:
    """Write one lock for every platform, hashed, and without the host of any index."""
    resolve = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    plain = ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "make lock"]
    target = LOCKS / f"{name}.lock"
    must(VENV / "bin" / "uv", *resolve, *plain, "pyproject.toml", "-o", target, *arguments)


def must(*command: str | Path) -> None:
    """Run a command quietly; where it fails, end with what it said."""
    code, output = attempt(*command)
    if code != 0:
        sys.exit(f"{output}\n{' '.join(map(str, command[:4]))} failed, see above.")


def attempt(*command: str | Path) -> tuple[int, str]:
    """Run a command quietly; answers its code and its last lines, without hosts of indexes."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, HOST.sub("<index>", "\n".join(done.stdout.splitlines()[-15:]))


def execute(*arguments: str) -> NoReturn:
    """Become the virtualenv's Python, so that signals and the exit code are its own."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606 - no shell is wanted


def start_checks() -> list[Check]:
    """Start every check in the background."""
    return [start_check(name, arguments) for name, arguments in CHECKS.items()]


def start_check(name: str, arguments: list[str]) -> Check:
    """Start one check, its output kept in a file."""
    output = tempfile.TemporaryFile()  # noqa: SIM115 - report() closes it
    process = subprocess.Popen([PYTHON, *arguments], stdout=output, stderr=subprocess.STDOUT)
    return name, process, output


def report(checks: list[Check]) -> int:
    """Wait for the checks and say how each went; 1 when one failed."""
    failed = 0
    for name, process, output in checks:
        with output:
            if process.wait() == 0:
                print(f"ok      {name}", flush=True)
                continue
            failed = 1
            output.seek(0)
            print(f"FAILED  {name}\n{output.read().decode(errors='replace')}", flush=True)
    return failed


def run_pytest() -> tuple[int, str]:
    """Run all tests on all cores; answers the exit code and the closing line, not yet printed."""
    colour = "yes" if sys.stdout.isatty() else "no"
    columns = str(shutil.get_terminal_size().columns)
    with subprocess.Popen(
        [PYTHON, "-m", "pytest", "-n", "auto", f"--color={colour}"],
        stdout=subprocess.PIPE,
        env=os.environ | {"COLUMNS": columns},
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        closing_line = relay(process.stdout.fileno())
    return process.returncode, closing_line


def relay(source: int) -> str:
    """Print what arrives at once, except a ruled line at the end, which is answered."""
    kept = b""
    while chunk := os.read(source, 65536):
        kept += chunk
        last_line = kept.rfind(b"\n", 0, -1) + 1
        end = last_line if RULED_LINE.match(kept, last_line) else len(kept)
        sys.stdout.buffer.write(kept[:end])
        sys.stdout.flush()
        kept = kept[end:]
    return kept.decode(errors="replace").rstrip("\n")


def main() -> int:
    """Run the command named first."""
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in COMMANDS:
        print("usage: python3 dev.py <command>\n")
        for command, does in COMMANDS.items():
            print(f"  {command:8} {(does.__doc__ or '').splitlines()[0]}")
        return 0 if name in ("help", "-h", "--help") else 2
    os.chdir(ROOT)
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
