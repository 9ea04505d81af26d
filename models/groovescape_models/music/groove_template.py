"""What a groove is: where and how hard a drummer plays each place of the bar, and what is known of him.

A template is a value like a pattern: extracted from a performance, saved as a .groove file, mixed, and put on other
patterns. groove.py holds one performance; this holds what is typical of it.
"""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray, Groove
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, GRIDS, STEPS_PER_QUARTER, Meter, Quarters

COLUMNS: Final = ("count", "velocity", "velocity_spread", "offset", "offset_spread")


@dataclass(frozen=True, eq=False)
class GrooveTable:
    """Medians and spreads of each cell of one or more whole bars, float32 (steps, 9) each.

    count is the number of hits that a cell was learned from (0: the cell says nothing). velocity is in 0..1, offset
    in steps of this table's grid, positive late. The spreads are mean absolute distances from the median, in the same
    units. steps_per_quarter is one of GRIDS. Raises ValueError if a shape or the grid is wrong.
    """

    count: FloatArray
    velocity: FloatArray
    velocity_spread: FloatArray
    offset: FloatArray
    offset_spread: FloatArray
    steps_per_quarter: int = STEPS_PER_QUARTER

    def __post_init__(self) -> None:
        """Check the shapes and freeze the arrays."""
        if self.steps_per_quarter not in GRIDS:
            raise ValueError(f"a groove's grid must have 3, 4 or 6 steps a quarter, got {self.steps_per_quarter}")
        for name in COLUMNS:
            array = getattr(self, name)
            if array.ndim != 2 or array.shape != self.count.shape or array.shape[1] != DRUM_COUNT:
                raise ValueError(f"{name} must have shape (steps, {DRUM_COUNT}), got {array.shape}")
            array.setflags(write=False)

    @property
    def steps(self) -> int:
        """Number of steps of the table's own grid."""
        return int(self.count.shape[0])

    @property
    def length(self) -> Quarters:
        """Length in quarter notes, after which the table begins again."""
        return self.steps / self.steps_per_quarter


@dataclass(frozen=True, slots=True)
class GrooveFacts:
    """Who played a groove, where it comes from, and what was measured of it (never invented).

    swing_percent is where off-beats fall in their pair (50 straight, 66.7 triplet); feel_ms the mean offset of the hits
    on the beats (positive late); ghost_share the share of the snare's hits that are softer than 40 of 127. drummer is a
    number of the Groove MIDI Dataset, 0 for anybody else. bars is how many bars the table was learned from.
    """

    id: str
    name: str
    style: str = ""
    author: str = ""
    drummer: int = 0
    source: str = ""
    licence: str = ""
    tempo_bpm: float = DEFAULT_TEMPO_BPM
    meter: Meter = field(default_factory=Meter)
    bars: int = 1
    swing_percent: float = 50.0
    feel_ms: float = 0.0
    ghost_share: float = 0.0


@dataclass(frozen=True, eq=False)
class GrooveTemplate:
    """A groove with its facts, and, where it was played on sixteenths, two bars to read its latent character from.

    Two templates are equal, and hash alike, if they hold the same facts and numbers: requests are remembered by them.
    """

    facts: GrooveFacts
    table: GrooveTable
    exemplar: Groove | None = None

    @cached_property
    def digest(self) -> str:
        """What tells this template from others: a hash of all that it holds."""
        arrays = [getattr(self.table, name) for name in COLUMNS]
        if self.exemplar is not None:
            arrays += [self.exemplar.hits, self.exemplar.velocities, self.exemplar.offsets]
        told = hashlib.sha256(repr((self.facts, self.table.steps_per_quarter)).encode())
        for array in arrays:
            told.update(np.ascontiguousarray(array).tobytes())
        return told.hexdigest()

    def __eq__(self, other: object) -> bool:
        """Return whether another template holds the same."""
        return isinstance(other, GrooveTemplate) and self.digest == other.digest

    def __hash__(self) -> int:
        """Return a hash of what it holds."""
        return hash(self.digest)
