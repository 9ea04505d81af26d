"""The sixteenth grid of drums: which cell a note lies in. Plain Python: no arrays."""

import math
from dataclasses import dataclass
from typing import Final

from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import STEP, Quarters, nearest_step

NOTE_LENGTH: Final[Quarters] = STEP
"""Duration that a decoded hit is given."""
DEFAULT_VELOCITY: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """A place on the grid: step index and drum class."""

    step: int
    drum: Drum


def cell_of(note: Note) -> Cell | None:
    """Return the grid cell nearest to a note, or None when no class maps its pitch."""
    drum = drum_of(note.pitch)
    return None if drum is None else Cell(nearest_step(note.start), drum)


def steps_of(length: Quarters) -> int:
    """Return the number of grid steps that a length covers, at least one."""
    return max(1, math.ceil(length / STEP - 1e-9))
