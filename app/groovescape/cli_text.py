"""What the command line shows, and how it reads numbers: one place for stdout, stderr and ranges."""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

PROGRAM = os.environ.get("GROOVESCAPE_PROGRAM", "groovescape")
"""What the user types to get here: ./run in a clone."""
BAR_WIDTH = 30
REDRAW_S = 0.1
LINE_S = 60.0


class Run(Protocol):
    """What a command does with its arguments; it returns the exit code."""

    def __call__(self, arguments: argparse.Namespace) -> int:
        """Run the command."""
        ...


def say(text: str) -> None:
    """Write a line to stdout."""
    _write(sys.stdout, text)


def note(text: str) -> None:
    """Write a line to stderr: news that no script wants to read."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    """Write a line, with question marks for letters that the reader does not know."""
    try:
        stream.write(text + "\n")
    except UnicodeEncodeError:
        stream.write(text.encode(stream.encoding, "replace").decode(stream.encoding) + "\n")


def say_json(data: object) -> None:
    """Write data as indented JSON; a value that JSON does not know is written as its text."""
    say(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def table(rows: Sequence[Sequence[object]], titles: Sequence[str]) -> str:
    """Return rows under titles, in columns just wide enough; numbers stand to the right."""
    lines = [tuple(titles), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    right = [bool(rows) and isinstance(rows[0][column], int | float) for column in range(len(titles))]
    return "\n".join(
        "  ".join(
            text.rjust(w) if r else text.ljust(w) for text, w, r in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _cell(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def add_command(commands: "Subcommands", name: str, run: Run, summary: str, example: str) -> argparse.ArgumentParser:
    """Add a command with a line of help and an example, and return its parser."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"example:\n  {PROGRAM} {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return the reader of a whole number in low..high."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be a whole number in {low}..{high}, got {text}")
        return value

    return read


def number(low: float, high: float) -> Callable[[str], float]:
    """Return the reader of a number in low..high."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be a number in {low:g}..{high:g}, got {text}")
        return value

    return read


class ProgressBar:
    """A bar on stderr: ten times a second on a terminal, as a line a minute anywhere else."""

    def __init__(self, title: str) -> None:
        """Show nothing yet."""
        self._title = title
        self._is_terminal = sys.stderr.isatty()
        self._next_s = time.monotonic() + (0.0 if self._is_terminal else LINE_S)

    def show(self, share: float, detail: str) -> None:
        """Draw the bar filled by a share in 0..1, with words behind it; a full bar ends its line."""
        now_s = time.monotonic()
        full = share >= 1.0
        if now_s < self._next_s and not (full and self._is_terminal):
            return
        self._next_s = now_s + (REDRAW_S if self._is_terminal else LINE_S)
        filled = int(BAR_WIDTH * min(1.0, share))
        text = f"{self._title} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {detail}"
        sys.stderr.write(f"\r{text}\x1b[K" + ("\n" if full else "") if self._is_terminal else text + "\n")
        sys.stderr.flush()
