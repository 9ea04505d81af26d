"""Whole performances of the Groove MIDI Dataset in any meter, on the grid that they were played on."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import mido

from groovescape_models.music.groove_cells import table_of
from groovescape_models.music.groove_grid import grid_of
from groovescape_models.music.groove_hits import Hit, hits_of, steps_in, unit_bars
from groovescape_models.music.groove_template import GrooveTable
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import STEP, Meter
from groovescape_models.training.gmd import GmdRow, gmd_files, struck

MIN_HITS: Final = 60
"""A take with fewer hits has too little to say of a grid."""


@dataclass(frozen=True, eq=False)
class Take:
    """A performance that is no fill: its line of info.csv, meter, steps a quarter, and the loudest hit of each cell."""

    row: GmdRow
    meter: Meter
    grid: int
    hits: tuple[Hit, ...]

    @property
    def bar_steps(self) -> int:
        """Steps of the least number of bars that are whole steps."""
        return steps_in(unit_bars(self.meter, self.grid), self.meter, self.grid)


def takes(data: Path) -> Iterator[Take]:
    """Yield every performance of the data set at a path that is long enough; DataSetError if it is not there."""
    for file, row in gmd_files(data):
        if row.beat_type == "beat":
            take = take_of(file, row)
            if len(take.hits) >= MIN_HITS:
                yield take


def take_of(data: bytes, row: GmdRow) -> Take:
    """Return the performance of a MIDI file on its own grid."""
    hits = struck(mido.MidiFile(file=io.BytesIO(data)))
    notes = [(Note(place * STEP, STEP, drum.pitch, velocity), drum) for place, drum, velocity in hits]
    grid = grid_of([note.start for note, _ in notes], row.tempo_bpm)
    return Take(row, Meter(*map(int, row.time_signature.split("-"))), grid, hits_of(notes, grid))


def pooled(several: Iterable[Take], steps: int, grid: int) -> GrooveTable:
    """Return the table of all hits of takes on one grid, steps long."""
    return table_of(tuple(chain.from_iterable(take.hits for take in several)), steps, steps, grid)
