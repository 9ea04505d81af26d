"""From hits to the table of a groove: medians, spreads and counts of each cell."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.groove_hits import Hit
from groovescape_models.music.groove_template import COLUMNS, GrooveTable


def table_of(hits: Sequence[Hit], steps: int, unit_steps: int, grid: int) -> GrooveTable:
    """Return the table of hits, steps long, which is a multiple of unit_steps (one bar, or the least whole bars).

    A cell is learned from its hits each time that the table comes round. One without any, where the same place is hit
    in another unit, takes that place's medians: a table of several bars says all that the clip says.
    """
    cells = _cells(hits, steps)
    if steps > unit_steps:
        once = _cells(hits, unit_steps)
        whole = {(step, lane): once.get((step % unit_steps, lane), []) for step in range(steps) for lane in _lanes()}
        cells = {place: rows for place, rows in {**whole, **cells}.items() if rows}
    columns = {name: np.zeros((steps, DRUM_COUNT), np.float32) for name in COLUMNS}
    for place, rows in cells.items():
        _fill(columns, place, np.array(rows, np.float64))
    return GrooveTable(**columns, steps_per_quarter=grid)


def _cells(hits: Sequence[Hit], steps: int) -> dict[tuple[int, int], list[tuple[float, float]]]:
    found: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for hit in hits:
        for lane in _lanes() if hit.drum is None else (hit.drum,):
            found[hit.step % steps, lane].append((hit.velocity, hit.offset))
    return dict(found)


def _lanes() -> range:
    return range(DRUM_COUNT)


def _fill(columns: dict[str, FloatArray], place: tuple[int, int], rows: np.typing.NDArray[np.float64]) -> None:
    """Put what was learned from rows of (velocity, offset) into a cell."""
    velocity, offset = np.median(rows, axis=0)
    velocity_spread, offset_spread = np.abs(rows - (velocity, offset)).mean(axis=0)
    values = (len(rows), velocity, velocity_spread, offset, offset_spread)
    for name, value in zip(COLUMNS, values, strict=True):
        columns[name][place] = value
