"""Where the program begins: the window without arguments, the command line with any."""

import os
import sys
from collections.abc import Sequence

from groovescape.problems import NO_SCREEN
from groovescape.screen import has_screen

# The networks are small: a second BLAS thread gains nothing and, on a busy machine, waits for a core for ages.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or run a command; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments:
        from groovescape.cli import main as run_command

        return run_command(arguments)
    if not has_screen():
        sys.stderr.write(f"{NO_SCREEN}\n")
        return 2
    from groovescape.start import run_window

    return run_window()


if __name__ == "__main__":
    sys.exit(main())
