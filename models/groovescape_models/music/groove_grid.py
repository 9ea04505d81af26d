"""The grid that a clip was played on, found from its notes: sixteenths, triplet eighths, or triplet sixteenths."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.timing import STEPS_PER_QUARTER, Quarters, quarter_ms

Phases = NDArray[np.float64]
_LOOSENESS_MS: Final = 14.0
"""Mean distance of a drummer's hit from where he means it (Laplace)."""
_LOOSENESS: Final[tuple[Quarters, Quarters]] = (0.02, 0.045)
"""Range that the looseness is kept in: slower, hits are not that far off in quarters, nor are they nearer faster."""
_ASTRAY: Final = 0.05
"""Share of hits that are meant for no place of the grid: flams, rolls, slips."""
_EIGHTHS: Final = (0.0, 0.035, 0.07)
"""How late, in quarters, the second eighth may swing on sixteenths; later it would be lost between two steps."""
_SIXTEENTHS: Final = (0.0, 0.02, 0.04, 0.06)
"""How late, in quarters, swung sixteenths may come before they are triplets (1/12)."""
_SHUFFLES: Final = (-0.06, -0.03, 0.0, 0.03)
"""How far from the triplet the second eighth of a shuffle may be."""
_PLACES: Final[Mapping[int, Sequence[tuple[float, ...]]]] = {
    4: [(0.0, 0.25 + late, 0.5 + eighth, 0.75 + late) for eighth in _EIGHTHS for late in _SIXTEENTHS],
    3: [(0.0, 1 / 3, 2 / 3 + late) for late in _SHUFFLES],
    6: [tuple(step / 6 for step in range(6))],
}
_ON_BEAT: Final[tuple[Quarters, Quarters]] = (1 / 12, 1 / 8)
"""Notes this near to a beat tell nothing, as beats are on every grid: three times the looseness, in this range."""
_ROUNDS: Final = 3
"""Times that lateness is measured around where it was found before."""
_FREEDOM: Final = {4: 5, 3: 3, 6: 5}
"""Numbers that are fitted to the notes: the shares of the places, and how they swing."""
_MARGIN: Final = {4: 0.0, 3: 0.06, 6: 0.4}
"""How much likelier, in nats a note between the beats, triplets must be: loose sixteenths are none."""


def grid_of(places: Sequence[Quarters], tempo_bpm: float) -> int:
    """Return how many steps a quarter the notes lie on: 4, 3 or 6.

    places are those in the bar. Each grid is a set of places in the quarter that notes fall around, and sixteenths
    may swing. A grid is as likely as the notes are near to its places, each place weighed by how many it holds, less
    what so many free numbers would explain of any notes (Schwarz 1978). Sixteenths, unless triplets are likelier by a
    margin. Without notes between the beats: 4.
    """
    steady = np.asarray(places, np.float64)
    loose = float(np.clip(_LOOSENESS_MS / quarter_ms(tempo_bpm), *_LOOSENESS))
    beat = float(np.clip(3.0 * loose, *_ON_BEAT))
    phases = (steady - lateness(steady)) % 1.0
    phases = phases[(phases > beat) & (phases < 1.0 - beat)]
    if not phases.size:
        return STEPS_PER_QUARTER
    freedom = np.log(phases.size) / (2.0 * phases.size)
    scores = {
        grid: max(_likelihood(phases, np.array(places), loose) for places in choices)
        - _FREEDOM[grid] * freedom
        - _MARGIN[grid]
        for grid, choices in _PLACES.items()
    }
    return max(scores, key=lambda grid: scores[grid])


def lateness(phases: Phases) -> Quarters:
    """Return the median lateness of the notes on the beats: who is late throughout is late on every grid.

    phases are places in quarters; 0 without notes on the beats.
    """
    late = 0.0
    for _ in range(_ROUNDS):
        off = (phases - late + 0.5) % 1.0 - 0.5
        near = off[np.abs(off) < _ON_BEAT[0]]
        late += float(np.median(near)) if near.size else 0.0
    return late


def _likelihood(phases: Phases, places: Phases, loose: Quarters) -> float:
    """Return the mean log likelihood of phases under Laplace peaks at places, weighed by how many each holds."""
    distance = np.abs((phases[:, None] - places + 0.5) % 1.0 - 0.5)
    held = np.bincount(distance.argmin(axis=1), minlength=len(places)) + 0.5
    peaks = np.exp(-distance / loose) / (2.0 * loose)
    return float(np.log((1.0 - _ASTRAY) * (peaks @ (held / held.sum())) + _ASTRAY).mean())
