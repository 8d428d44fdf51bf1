import os
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the locks that were installed, in a project of its own."""
    made: list[str] = []
    for name in ("run", "dev"):
        (tmp_path / f"{name}.lock").write_text("")
    monkeypatch.setattr(dev, "LOCKS", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "sync", lambda lock_file: made.append(lock_file.stem))
    return made


def test_a_second_start_installs_nothing(installs: list[str]) -> None:
    dev.install("run")
    dev.install("run")
    assert installs == ["run"]


def test_testing_adds_its_tools_and_running_takes_nothing_away(installs: list[str]) -> None:
    dev.install("run")
    dev.install("dev")
    dev.install("run")
    assert installs == ["run", "dev"]


def test_a_changed_lock_is_installed_at_the_level_once_reached(installs: list[str]) -> None:
    dev.install("dev")
    (dev.LOCKS / "run.lock").write_text("something==2")
    dev.install("run")
    assert installs == ["dev", "dev"]


def test_an_install_that_failed_is_done_again(
    installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(dev, "sync", lambda _: sys.exit("no network"))
        with pytest.raises(SystemExit):
            dev.install("run")
    dev.install("run")
    assert installs == ["run"]


def test_a_failure_does_not_tell_where_packages_come_from() -> None:
    _, said = dev.attempt(sys.executable, "-c", "print('no https://mirror.example/simple/x')")
    assert said == "no <index>"


def test_the_closing_line_is_kept_back_and_the_rest_is_shown(
    capfd: pytest.CaptureFixture[str],
) -> None:
    source, sink = os.pipe()
    os.write(sink, b"=== test session starts ===\n....\n\x1b[32m=== 4 passed in 1.00s ===\x1b[0m\n")
    os.close(sink)
    assert dev.relay(source) == "\x1b[32m=== 4 passed in 1.00s ===\x1b[0m"
    os.close(source)
    assert capfd.readouterr().out == "=== test session starts ===\n....\n"


def test_help_and_makefile_name_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["dev.py"])
    assert dev.main() == 0
    help_text = capsys.readouterr().out
    makefile = (dev.ROOT / "Makefile").read_text()
    for command in dev.COMMANDS:
        assert f"\n  {command} " in help_text
        assert f"\n{command}:  ## " in makefile
