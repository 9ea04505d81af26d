"""Counts of the Groove MIDI Dataset for grooves that the humaniser has not heard: resources/statistics/grooves.npz.

"drums/METER/GRID" (5, steps, 9) are the columns of a GrooveTable, one bar, from the performances of the training split
in that meter that grid_of finds on that grid; "lines/bass" and "lines/melody" (2, 4) are lateness and scatter in ms at
each Place, those of the kick and of hats and ride in 4/4. POP909 tells nothing of timing: 98 of 100 of its notes are
within 2 ms of a sixteenth, and the other tonal sets are scores or sequenced. So no bass player has been measured.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.engines.groove_statistics import FILE, Place, place_of
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.groove_template import COLUMNS
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, quarter_ms
from groovescape_models.training.bundle import weights_file
from groovescape_models.training.drum_statistics import FOLDER
from groovescape_models.training.groove_takes import Take, pooled, takes

TABLES: Final = ((Meter(4, 4), 3), (Meter(4, 4), 6), (Meter(6, 8), 4))
"""Meters and grids in which statistics were measured to be nearer to drummers than the humaniser is."""
LANES: Final = {"bass": (Drum.KICK,), "melody": (Drum.CLOSED_HAT, Drum.RIDE)}
MIN_CELL: Final = 4
"""Hits that a cell of one performance must have to tell what is usual there."""


def build_groove_statistics(data: Path, resources: Path) -> tuple[str, ...]:
    """Write the file below a resources folder from the data at a path; return the names of its arrays."""
    train = [take for take in takes(data) if take.row.split == "train"]
    arrays = dict(_tables(train)) | {f"lines/{name}": wandering(train, lanes) for name, lanes in LANES.items()}
    path = resources / FOLDER / f"{FILE}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(weights_file(arrays))
    return tuple(arrays)


def _tables(train: Iterable[Take]) -> Iterator[tuple[str, FloatArray]]:
    several = list(train)
    for meter, grid in TABLES:
        own = [take for take in several if take.meter == meter and take.grid == grid]
        table = pooled(own, round(meter.bar_length * grid), grid)
        columns = np.stack([getattr(table, name) for name in COLUMNS]).astype(np.float32)
        yield f"drums/{meter.numerator}-{meter.denominator}/{grid}", columns


def wandering(several: Iterable[Take], lanes: tuple[Drum, ...]) -> FloatArray:
    """Return lateness against the performance's own and scatter about the cell's median in ms, (2, 4) by Place.

    Medians over the performances on sixteenths in 4/4, so that swung ones do not bend what is usual.
    """
    told: list[list[FloatArray]] = [[] for _ in Place]
    for take in several:
        if take.meter == Meter(4, 4) and take.grid == STEPS_PER_QUARTER:
            for place, row in _wandering_of(take, lanes):
                told[place].append(row)
    rows = [np.median(np.array(found), axis=0) if found else np.zeros(2) for found in told]
    return np.stack(rows, axis=1).astype(np.float32)


def _wandering_of(take: Take, lanes: tuple[Drum, ...]) -> Iterator[tuple[Place, FloatArray]]:
    """Yield (place, (lateness, scatter) in ms) of the places that a take plays often enough."""
    cells: dict[tuple[int, Drum | None], list[float]] = {}
    for hit in take.hits:
        if hit.drum in lanes:
            cells.setdefault((hit.step % take.bar_steps, hit.drum), []).append(hit.offset)
    usual = float(np.median([hit.offset for hit in take.hits]))
    step_ms = quarter_ms(take.row.tempo_bpm) / take.grid
    for place in Place:
        there = [
            np.array(offsets)
            for (step, _), offsets in cells.items()
            if len(offsets) >= MIN_CELL and place_of(step / take.grid, take.meter) is place
        ]
        if there:
            late = np.concatenate([np.full(len(cell), np.median(cell) - usual) for cell in there])
            scatter = np.concatenate([np.abs(cell - np.median(cell)) for cell in there])
            yield place, np.array([late.mean() * step_ms, scatter.mean() * step_ms], np.float32)
