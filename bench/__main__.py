"""Atrium against its floor: `make bench`, or `make bench ARGS="http bulk --rounds 5"`."""

import argparse
from collections.abc import Callable

from app import server
from bench import bulk, emails, endpoints, rows, slots, startup
from bench.report import Table, keep
from bench.stage import staged

Part = Callable[..., list[Table]]

PARTS: dict[str, Part] = {
    "http": endpoints.measure,
    "slots": slots.measure,
    "bulk": bulk.measure,
    "emails": emails.measure,
    "startup": startup.measure,
    "rows": rows.measure,
}


def main() -> None:
    """Measures the parts asked for; when that is all of them, the results are kept as they come."""
    server.end_by_exception()
    asked = _arguments()
    tables: list[Table] = []
    for name in asked.parts or PARTS:
        print(f"{name}:", flush=True)
        with staged() as stage:
            tables += PARTS[name](stage, rounds=asked.rounds, seconds=asked.seconds)
        if not asked.parts:
            keep(tables)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="default: all of them")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each measurement")
    parser.add_argument("--seconds", type=int, default=2, help="how long a turn of HTTP takes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
