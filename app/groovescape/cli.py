"""The command line: groovescape COMMAND ... without a window, a sound card or Qt.

Exit codes: 0 done, 1 failed (one sentence on stderr), 2 not understood, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from groovescape import (
    cli_bench,
    cli_convert,
    cli_evaluate,
    cli_generate,
    cli_groove,
    cli_models,
    cli_pattern,
    cli_tap,
    cli_train,
)
from groovescape.cli_text import PROGRAM, note, say
from groovescape_models.errors import GroovescapeError

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

EXAMPLES = f"""\
examples:
  {PROGRAM}   (opens the window)
  {PROGRAM} generate drums --style funk --seed 7 -o beat.mid
  {PROGRAM} humanize beat.mid -o played.mid --groove NAME --intensity 0.8
  {PROGRAM} morph rock.mid funk.mid --steps 8 -o morphs
  {PROGRAM} COMMAND --help
"""


def main(argv: Sequence[str]) -> int:
    """Run the command in argv (without the program's name) and return the exit code."""
    try:
        arguments = build_parser().parse_args(argv)
        return int(arguments.run(arguments))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else FAILED
    except GroovescapeError as error:
        return _failed(str(error))
    except BrokenPipeError:
        return _reader_left()
    except OSError as error:
        return _failed(f"{error.filename or 'the file'}: {error.strerror or error}.")
    except KeyboardInterrupt:
        note("groovescape: interrupted.")
        return INTERRUPTED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Drum patterns from a latent space, played with a real drummer's feel.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the program's version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in (
        cli_generate,
        cli_pattern,
        cli_tap,
        cli_groove,
        cli_models,
        cli_convert,
        cli_train,
        cli_evaluate,
        cli_bench,
    ):
        group.add_commands(commands)
    return parser


class _ShowVersion(argparse.Action):
    """Looks the version up when it is asked for: that takes longer than most of the rest of the start."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and leave."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("groovescape")
        except PackageNotFoundError:
            number = "(not installed)"
        say(f"groovescape {number}")
        parser.exit()


def _failed(sentence: str) -> int:
    note(f"groovescape: {sentence}")
    return FAILED


def _reader_left() -> int:
    """Leave quietly when the program that read our output has ended, as head does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
