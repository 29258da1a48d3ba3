"""Plays every lesson in full and prints what it came to beside its golden figures.

`python tests/lessons [NUMBER…]`; exit status 1 where a lesson fails or a figure does not match.
"""

from __future__ import annotations

import argparse
import sys

from golden import LESSONS, expected_of
from report import Row, rows_of, table


def main() -> int:
    """Play, print; the exit status."""
    lessons = {int(path.stem.partition("_")[0]): path for path in LESSONS}
    parser = argparse.ArgumentParser(prog="lessons", description="Play every lesson in full.")
    parser.add_argument("number", nargs="*", type=int, help="only lessons of these numbers")
    numbers = parser.parse_args().number or list(lessons)
    if unknown := set(numbers) - set(lessons):
        parser.error(
            f"there is no lesson {min(unknown)}; there are {min(lessons)} to {max(lessons)}"
        )
    rows: list[Row] = []
    for number in numbers:
        path = lessons[number]
        print(f"playing {path.stem}", file=sys.stderr, flush=True)
        rows += rows_of(path, expected_of(path).golden)
    print(*table(rows), sep="\n")
    return 0 if all(row.matches for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
