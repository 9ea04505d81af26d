"""The cells of a groove as rows of a groove file, and back, exactly."""

from fractions import Fraction
from typing import Final

import numpy as np

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import Groove
from groovescape_models.music.groove_template import COLUMNS, GrooveTable
from groovescape_models.music.groove_values import fraction, rows, whole
from groovescape_models.music.timing import GRIDS, Meter

MAX_STEPS: Final = 8192
"""Four bars of 64/1 on a grid of 6 are 6144."""
EXEMPLAR_STEPS: Final = 32
_MOST: Final = {"count": 1e6, "velocity": 1.0, "velocity_spread": 1.0, "offset": 0.5, "offset_spread": 1.0}
Row = list[int | float | None]


def cell_rows(table: GrooveTable) -> list[Row]:
    """Return [step, lane, count, velocity, velocity_spread, offset, offset_spread] of each cell that says something.

    A step that is the same in all nine lanes is one row, with lane None.
    """
    found: list[Row] = []
    values = np.stack([getattr(table, name) for name in COLUMNS], axis=-1)
    for step in np.flatnonzero(table.count.any(axis=1)):
        alike = bool((values[step] == values[step, :1]).all())
        lanes: list[int | None] = [None] if alike else [int(lane) for lane in np.flatnonzero(table.count[step])]
        found += [[int(step), lane, *map(_short, values[step, lane or 0])] for lane in lanes]
    return found


def table_of_rows(value: object, steps: object, grid: object, meter: Meter) -> GrooveTable:
    """Return the table of rows; ValueError if a row, the grid or the number of steps is wrong."""
    per_quarter = whole("steps_per_quarter", grid, min(GRIDS), max(GRIDS))
    count = whole("steps", steps, 1, MAX_STEPS)
    if Fraction(count * meter.denominator, 4 * meter.numerator * per_quarter).denominator != 1:
        raise ValueError(f"steps must be whole bars of {meter}, got {count} of {per_quarter} a quarter")
    columns = {name: np.zeros((count, DRUM_COUNT), np.float32) for name in COLUMNS}
    for step, lane, *numbers in rows("cells", value, 2 + len(COLUMNS), count * DRUM_COUNT):
        place = whole("the step of a cell", step, 0, count - 1), _lanes(lane)
        for name, number in zip(COLUMNS, numbers, strict=True):
            columns[name][place] = fraction(name, number, -0.5 if name == "offset" else 0.0, _MOST[name])
    return GrooveTable(**columns, steps_per_quarter=per_quarter)


def exemplar_rows(exemplar: Groove | None) -> list[Row] | None:
    """Return [step, lane, velocity, offset] of each hit of the two typical bars; None where there are none."""
    if exemplar is None:
        return None
    return [
        [int(step), int(lane), _short(exemplar.velocities[step, lane]), _short(exemplar.offsets[step, lane])]
        for step, lane in np.argwhere(exemplar.hits)
    ]


def exemplar_of_rows(value: object, tempo_bpm: float) -> Groove | None:
    """Return the two typical bars of rows; ValueError if one is wrong."""
    if value is None:
        return None
    shape = (EXEMPLAR_STEPS, DRUM_COUNT)
    hits, velocities, offsets = np.zeros(shape, np.bool_), np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for step, lane, velocity, offset in rows("exemplar", value, 4, EXEMPLAR_STEPS * DRUM_COUNT):
        place = whole("the step of a hit", step, 0, EXEMPLAR_STEPS - 1), whole("lane", lane, 0, DRUM_COUNT - 1)
        hits[place] = True
        velocities[place] = fraction("velocity", velocity, 0.0, 1.0)
        offsets[place] = fraction("offset", offset, -0.5, 0.5)
    return Groove(hits, velocities, offsets, tempo_bpm)


def _lanes(lane: object) -> int | slice:
    return slice(None) if lane is None else whole("lane", lane, 0, DRUM_COUNT - 1)


def _short(value: np.float32) -> int | float:
    """Return the shortest number that is this float32: whole numbers without a point."""
    number = float(str(np.float32(value)))
    return int(number) if number.is_integer() else number
