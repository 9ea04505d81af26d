"""Where the lines to learn from and to measure on come from."""

from pathlib import Path
from typing import Final

from groovescape_models.music.pattern import Role
from groovescape_models.training.line_examples import LineExamples, read_lines
from groovescape_models.training.tonal import load_tonal

BARS: Final = 2


def line_examples(data: Path, role: Role) -> LineExamples:
    """Return the two-bar lines of a role: from the data sets in a folder, or from ROLE_2bar.npz where it holds that.

    DataSetError if neither is there.
    """
    kept = data / f"{role.value}_{BARS}bar.npz"
    return read_lines(kept) if kept.is_file() else load_tonal(data, role, BARS)
