"""Processor time and memory of processes, as Linux tells them; elsewhere they are not told."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def cpu_seconds(*pids: int) -> float:
    """Processor time these have used so far, in user and kernel mode; 0.0 where it isn't told."""
    return sum(sum(_fields(pid)[11:13]) for pid in pids) / TICKS


def family(parent: int) -> list[int]:
    """A process and its children: PostgreSQL's connections are processes of their own."""
    everybody = [int(path.name) for path in PROC.glob("[0-9]*")]
    return [parent, *(pid for pid in everybody if _fields(pid)[1:2] == [parent])]


def proportional_mebibytes(pid: int) -> float | None:
    """Memory of a process, what it shares counted in parts (PSS); None where it isn't told."""
    try:
        rollup = (PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return None
    [line] = [line for line in rollup.splitlines() if line.startswith("Pss:")]
    return int(line.split()[1]) / 1024


def _fields(pid: int) -> list[int]:
    """Numbers from a process's stat, from its state (here 0) on; none for one that is gone."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return [0, *map(int, stat.rpartition(")")[2].split()[1:])]
