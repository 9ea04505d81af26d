"""A feel: how a groove would play the notes of one pattern, and how much of it to apply. Plain Python: no arrays."""

import math
from dataclasses import dataclass
from typing import Final

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import GRIDS, STEP, STEPS_PER_QUARTER, Quarters, nearest_step

_COLUMNS: Final = ("starts", "velocities", "own_velocities", "start_scatter", "velocity_scatter", "by_hand")


@dataclass(frozen=True, slots=True)
class Feel:
    """Where and how hard a groove would play each note of one pattern, at full intensity.

    All tuples are aligned with the notes of that pattern; a note that the groove leaves alone keeps its own. A start
    may lie before 0, where a drummer anticipates the first beat, and a velocity outside 1..127: they are limited only
    when the amount's share of the way is taken (see grooving.py).

    velocities respect the accents of the input, own_velocities are those of the groove alone (empty: the same).
    start_scatter (quarters) and velocity_scatter (of 127) are one draw of how unevenly the drummer plays each note,
    with the seed of the request (empty: none); GrooveAmount.spread says how much of it is heard. grid is how many
    steps a quarter of the pattern was found to have: 4, or 3 or 6 of triplets. by_hand marks notes whose velocity
    somebody set, so that the feel of another groove leaves it alone too (empty: none).
    """

    starts: tuple[Quarters, ...]
    velocities: tuple[float, ...]
    own_velocities: tuple[float, ...] = ()
    start_scatter: tuple[Quarters, ...] = ()
    velocity_scatter: tuple[float, ...] = ()
    grid: int = STEPS_PER_QUARTER
    by_hand: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        """Check that all have one entry a note and that the numbers are numbers."""
        if len(self.starts) != len(self.velocities):
            raise ValueError(
                f"a feel needs as many starts as velocities, got {len(self.starts)} and {len(self.velocities)}"
            )
        for name in _COLUMNS[2:]:
            if getattr(self, name) and len(getattr(self, name)) != len(self.starts):
                raise ValueError(f"{name} of a feel must be empty or as many as its starts ({len(self.starts)})")
        if self.grid not in GRIDS:
            raise ValueError(f"the grid of a feel must have 3, 4 or 6 steps a quarter, got {self.grid}")
        if not all(all(map(math.isfinite, getattr(self, name))) for name in _COLUMNS):
            raise ValueError("every number of a feel must be finite")

    @staticmethod
    def of(pattern: Pattern) -> "Feel":
        """Return the feel that changes nothing."""
        return Feel(tuple(n.start for n in pattern.notes), tuple(n.velocity for n in pattern.notes))


EVEN_LANES: Final = (1.0,) * DRUM_COUNT


@dataclass(frozen=True, slots=True)
class GrooveAmount:
    """How much of a feel to apply; intensity 0 leaves the pattern as it was, 1 is the drummer, 1.5 more than him.

    intensity, timing and velocity are 0..1.5; lanes are such factors a drum class (0..8), for all of it. quantise 0..1
    takes that share of a note's own distance from the grid away first; it is heard where less than all of the timing
    is taken, since a note that goes all the way is where the drummer plays it, wherever it came from. swing 0..1
    delays the second of each pair of sixteenths (or of eighths, with swing_eighths), 1 as far as a triplet. spread
    0..1.5 is how much of the feel's scatter is heard. respect 0..1: 1 keeps the accents of the input and plays the
    groove around them, 0 takes the groove's own velocities. push 0..1 is how much is kept of what the groove is early
    or late in common: 0 plays its inner feel about the beat. All of it is scaled by intensity.
    """

    intensity: float = 1.0
    timing: float = 1.0
    velocity: float = 1.0
    lanes: tuple[float, ...] = EVEN_LANES
    quantise: float = 0.0
    swing: float = 0.0
    swing_eighths: bool = False
    spread: float = 0.35
    respect: float = 1.0
    push: float = 1.0

    def __post_init__(self) -> None:
        """Check the ranges."""
        for name in ("intensity", "timing", "velocity", "spread"):
            _check(name, getattr(self, name), 1.5)
        for name in ("quantise", "swing", "respect", "push"):
            _check(name, getattr(self, name), 1.0)
        if len(self.lanes) != DRUM_COUNT:
            raise ValueError(f"lanes must hold {DRUM_COUNT} amounts, got {len(self.lanes)}")
        for lane in self.lanes:
            _check("the amount of a lane", lane, 1.5)


def _check(name: str, value: float, most: float) -> None:
    if not 0.0 <= value <= most:
        raise ValueError(f"{name} must be in 0..{most:g}, got {value}")


def offset_ms(note: Note, tempo_bpm: float) -> float:
    """Return how late (positive) or early (negative) a note is against its nearest grid step, in milliseconds."""
    return (note.start - nearest_step(note.start) * STEP) * 60_000.0 / tempo_bpm
