"""The cells of a pattern that a groove plays: which notes belong together, on which grid."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove_grid import grid_of
from groovescape_models.music.meant import Place, leaders_of, places_of
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Quarters

IntArray = NDArray[np.int64]
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FeltCells:
    """A pattern on its grid: the place of each note, and the cells (places of drum classes) by step and lane."""

    pattern: Pattern
    grid: int
    places: tuple[Place, ...]

    @staticmethod
    def of(pattern: Pattern, tempo_bpm: float) -> "FeltCells":
        """Return the cells of a pattern on the grid that its notes lie on."""
        grid = grid_of([note.start for note in pattern.notes], tempo_bpm)
        return FeltCells(pattern, grid, places_of(pattern, grid))

    @cached_property
    def cells(self) -> tuple[Place, ...]:
        """Every place that a drum class plays, once, in order."""
        return tuple(sorted({place for place in self.places if 0 <= place[1] < DRUM_COUNT}))

    @cached_property
    def index(self) -> dict[Place, int]:
        """The number of each cell."""
        return {cell: number for number, cell in enumerate(self.cells)}

    @cached_property
    def leaders(self) -> dict[Place, Note]:
        """The note that stands for each place."""
        return leaders_of(self.pattern.notes, self.places, self.grid)

    @cached_property
    def steps(self) -> IntArray:
        """The step of each cell, (K,)."""
        return np.array([step for step, _ in self.cells], np.int64)

    @cached_property
    def lanes(self) -> IntArray:
        """The drum class of each cell, (K,)."""
        return np.array([lane for _, lane in self.cells], np.int64)

    @property
    def times(self) -> Array:
        """Where each cell lies, (K,), in quarters."""
        return self.steps / self.grid

    @property
    def edge(self) -> Quarters:
        """The farthest that a hit is played from its cell: half a step on would be the next one."""
        return CELL_EDGE / self.grid


CELL_EDGE = 0.499
"""In steps."""
