"""A groove: where a drummer puts each hit of a grid, and how hard."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Groove:
    """Hits of a performance on the sixteenth grid.

    hits: bool (steps, 9). velocities: float32 (steps, 9) in 0..1, 0 where there is no hit.
    offsets: float32 (steps, 9) in -0.5..0.5 of a step, *positive is late* (Magenta's sign is the other way round;
    encoding/groove.py turns it). tempo_bpm is that of the performance.
    """

    hits: BoolArray
    velocities: FloatArray
    offsets: FloatArray
    tempo_bpm: float = 120.0

    def __post_init__(self) -> None:
        """Check the shapes and freeze the arrays."""
        for name in ("hits", "velocities", "offsets"):
            array = getattr(self, name)
            if array.ndim != 2 or array.shape != self.hits.shape or array.shape[1] != DRUM_COUNT:
                raise ValueError(f"{name} must have shape (steps, {DRUM_COUNT}), got {array.shape}")
            array.setflags(write=False)

    @property
    def steps(self) -> int:
        """Number of grid steps."""
        return int(self.hits.shape[0])
