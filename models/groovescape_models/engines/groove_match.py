"""What a groove says of the places of a pattern that may have another meter, another grid and other bars."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.cell_feel import Array, CellFeel
from groovescape_models.engines.groove_statistics import COMPOUND_BEAT, is_compound
from groovescape_models.music.groove_template import GrooveTable
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters

TOLERANCE: Final[Quarters] = 1.0 / 48.0
"""Farthest that a place of the groove's grid may be from one of the pattern's to mean the same."""
_SWUNG_PAIRS: Final = {3: 1.0, 6: 0.5}
"""Length in quarters of the pairs that grids of triplets swing: a straight second half comes at the last third."""


@dataclass(frozen=True, eq=False)
class Told:
    """What a groove says of n places of a pattern, for each drum class: float64 (n, 9) as in GrooveTable.

    offset and offset_spread are in quarters. swing, (n,), is how far in quarters the place itself lies from where the
    pattern has it: a shuffle plays straight eighths on its triplets. count 0 says nothing.
    """

    count: Array
    velocity: Array
    velocity_spread: Array
    offset: Array
    offset_spread: Array
    swing: Array

    def of_lanes(self, lanes: NDArray[np.int64]) -> "ToldCells":
        """Return what it says of one drum class at each place."""
        rows = np.arange(len(lanes))
        picked = CellFeel(*(getattr(self, name)[rows, lanes] for name in _COLUMNS))
        return ToldCells(self.count[rows, lanes], picked, self.swing)


_COLUMNS: Final = ("velocity", "velocity_spread", "offset", "offset_spread")


@dataclass(frozen=True, eq=False)
class ToldCells:
    """What a groove says of n cells, (n,) each: from how many hits, how they are played, and where swing has them."""

    count: Array
    feel: CellFeel
    swing: Array


def told_of(table: GrooveTable, groove_meter: Meter, places: Array, meter: Meter, grid: int) -> Told:
    """Return what a groove says of places, times in quarters from the start of a pattern on a grid.

    Bars answer bars: the table's bars go round. A bar that is shorter than the groove's has its beginning; a longer
    one goes on with the groove's beats but the first, so that no downbeat comes within a bar (4/4 over 3/4 hears its
    beats 1 2 3 2). A meter of dotted beats (6/8, 9/8, 12/8) and triplets of another match beat for beat. Places match
    that are as far into the bar, up to TOLERANCE; what is written straight is bent to where a groove of triplets
    swings it, and matches there.
    """
    scale = _beat_ratio(table, groove_meter, meter, grid)
    own_bar, bar = groove_meter.bar_length, meter.bar_length / scale
    number, within = np.divmod(places / scale + TOLERANCE / 2, bar)
    within = _in_bar(np.maximum(0.0, within - TOLERANCE / 2), own_bar)
    straight = grid == STEPS_PER_QUARTER and scale == 1.0
    swing = _swing(within, table.steps_per_quarter) if straight else np.zeros_like(within)
    bars = max(1, round(table.length / own_bar))
    times = (number % bars) * own_bar + within + swing
    steps = np.rint(times * table.steps_per_quarter).astype(np.int64)
    apart = np.abs(times - steps / table.steps_per_quarter)
    steps %= table.steps
    known = (apart <= TOLERANCE)[:, None]
    quarters = scale / table.steps_per_quarter
    return Told(
        np.where(known, table.count[steps], 0.0).astype(np.float64),
        table.velocity[steps].astype(np.float64),
        table.velocity_spread[steps].astype(np.float64),
        table.offset[steps].astype(np.float64) * quarters,
        table.offset_spread[steps].astype(np.float64) * quarters,
        swing,
    )


def _beat_ratio(table: GrooveTable, groove_meter: Meter, meter: Meter, grid: int) -> float:
    """Return how many quarters of the pattern one of the groove stands for: 1, unless dotted beats meet triplets."""
    triplets = table.steps_per_quarter != STEPS_PER_QUARTER
    if is_compound(meter) and not is_compound(groove_meter) and triplets:
        return COMPOUND_BEAT
    if is_compound(groove_meter) and not is_compound(meter) and grid != STEPS_PER_QUARTER:
        return 1.0 / COMPOUND_BEAT
    return 1.0


def _in_bar(within: Array, bar: Quarters) -> Array:
    """Return times brought into a bar, those past its end into its beats but the first."""
    first = min(1.0, bar / 2)
    return np.where(within < bar - TOLERANCE, within, first + (within - bar) % (bar - first))


def _swing(within: Array, steps_per_quarter: int) -> Array:
    """Return how late swing plays straight places: the second half of a pair shrinks to a third, the first grows.

    A shuffle that sixteenths write, dotted, comes at its triplets instead: what lies on 1/4 at 1/3, on 3/4 at 2/3.
    """
    if steps_per_quarter not in _SWUNG_PAIRS:
        return np.zeros_like(within)
    pair = _SWUNG_PAIRS[steps_per_quarter]
    phase = within % pair / pair
    if pair == 1.0 and _is_dotted(phase):
        return np.asarray(_near(phase, 0.25) / 12.0 - _near(phase, 0.75) / 12.0, np.float64)
    return np.asarray(pair / 3.0 * np.minimum(phase, 1.0 - phase), np.float64)


def _is_dotted(phases: Array) -> bool:
    """Return whether last sixteenths of beats are struck more often than second eighths: (0, 3/4), not (0, 1/2)."""
    return int(_near(phases, 0.75).sum()) > int(_near(phases, 0.5).sum())


def _near(phases: Array, phase: float) -> NDArray[np.bool_]:
    return np.abs(phases - phase) <= TOLERANCE
