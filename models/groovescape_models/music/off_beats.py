"""How late off-beats are in their pair: Roger Linn's measure of swing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.timing import Quarters

EIGHTH_SWING: Final[Quarters] = 1.0
"""Pair of eighths whose second one swings."""
SIXTEENTH_SWING: Final[Quarters] = 0.5
"""Pair of sixteenths whose second one swings."""

_ON_BEAT: Final = 1 / 8
"""A note this near to the start of a pair (in parts of it) is on the beat: nearer than to a quarter of the pair."""
_OFF_BEAT: Final = ((1 / 4 + 1 / 2) / 2, (2 / 3 + 3 / 4) / 2)
"""Places in a pair that are nearer to its middle or to its triplet than to a quarter or three quarters of it."""


@dataclass(frozen=True, slots=True)
class OffBeats:
    """Where the off-beats lie in their pair, in percent (50 straight, 66.7 a triplet), and how many there are."""

    percent: float
    count: int


def off_beats(starts: Sequence[Quarters] | NDArray[np.float64], pair: Quarters) -> OffBeats | None:
    """Return the off-beats of notes in pairs of EIGHTH_SWING or SIXTEENTH_SWING; None where there are none.

    The mean place of the off-beats less the mean lateness of the notes on the beats, so that a drummer who is late
    throughout does not swing.
    """
    places = np.asarray(starts, np.float64) / pair % 1.0
    off = places[(places >= _OFF_BEAT[0]) & (places < _OFF_BEAT[1])]
    if not off.size:
        return None
    lateness = (places + 0.5) % 1.0 - 0.5
    on = lateness[np.abs(lateness) < _ON_BEAT]
    return OffBeats(100.0 * float(off.mean() - (on.mean() if on.size else 0.0)), int(off.size))
