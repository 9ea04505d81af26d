"""The grid that a clip was played on, found from its notes: sixteenths, triplet eighths, or triplet sixteenths."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.timing import STEPS_PER_QUARTER, Quarters

Phases = NDArray[np.float64]
_LOOSENESS: Final[Quarters] = 0.028
"""Mean distance of a drummer's hit from where he means it (Laplace): 14 ms at 120 bpm."""
_ASTRAY: Final = 0.05
"""Share of hits that are meant for no place of the grid: flams, rolls, slips."""
_MARGIN: Final = 0.04
"""How much likelier, in nats a note, a grid of triplets must be than sixteenths."""
_TRIPLET_PLACES: Final = {3: (0.0, 1 / 3, 2 / 3), 6: tuple(step / 6 for step in range(6))}
_EIGHTH_SWINGS: Final = (0.0, 0.035, 0.07, 0.1)
_SIXTEENTH_SWINGS: Final = (0.0, 0.02, 0.04, 0.06)
"""How late, in quarters, swung sixteenths may come before they are triplets (1/12)."""


def grid_of(starts: Sequence[Quarters]) -> int:
    """Return how many steps a quarter the notes lie on: 4, 3 or 6.

    Each grid is a set of places in the quarter that notes fall around; sixteenths may swing. A grid is as likely as
    the notes are near to its places, each place weighed by how many it holds. Sixteenths unless triplets explain the
    notes better by a margin. Without notes: 4.
    """
    phases = np.asarray(starts, np.float64) % 1.0
    if not phases.size:
        return STEPS_PER_QUARTER
    phases = phases - _lateness(phases)
    straight = max(
        _likelihood(phases, (0.0, 0.25 + sixteenth, 0.5 + eighth, 0.75 + sixteenth))
        for eighth in _EIGHTH_SWINGS
        for sixteenth in _SIXTEENTH_SWINGS
    )
    triplets = {grid: _likelihood(phases, places) - _MARGIN for grid, places in _TRIPLET_PLACES.items()}
    best = max(triplets, key=lambda grid: triplets[grid])
    return best if triplets[best] > straight else STEPS_PER_QUARTER


def _lateness(phases: Phases) -> float:
    """Return the median lateness of the notes on the beats: a drummer who is late throughout is late on every grid."""
    off = (phases + 0.5) % 1.0 - 0.5
    near = off[np.abs(off) < 1 / 12]
    return float(np.median(near)) if near.size else 0.0


def _likelihood(phases: Phases, places: tuple[float, ...]) -> float:
    """Return the mean log likelihood of phases under Laplace peaks at places, weighed by how many each holds."""
    distance = np.abs((phases[:, None] - np.array(places) + 0.5) % 1.0 - 0.5)
    held = np.bincount(distance.argmin(axis=1), minlength=len(places)) + 0.5
    weights = held / held.sum()
    peaks = np.exp(-distance / _LOOSENESS) / (2.0 * _LOOSENESS)
    return float(np.log((1.0 - _ASTRAY) * (peaks @ weights) + _ASTRAY).mean())
