"""Meters and grids that the humaniser has not heard: what it misses there, what statistics miss, and what ships.

Every performance of the data set that is not on sixteenths in 4/4, whole, put on its own grid. Statistics are those of
the training split in the same meter and grid, the performance itself left out. Of 4/4 only the validation and the test
split are played; of the other meters there are a dozen performances, none of them in the test split.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.cell_feel import CellFeel
from groovescape_models.engines.engine import never
from groovescape_models.engines.expected_cells import expected_of, humanized
from groovescape_models.engines.felt_cells import FeltCells
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.music.cells import DEFAULT_VELOCITY, NOTE_LENGTH
from groovescape_models.music.drumkit import DRUM_PITCHES, Drum
from groovescape_models.music.groove_hits import Hit
from groovescape_models.music.groove_template import GrooveTable
from groovescape_models.music.meant import places_of
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, quarter_ms
from groovescape_models.training.groove_takes import Take, pooled

TRAIN: Final = "train"
METHODS: Final = ("quantised", "humaniser alone", "statistics alone", "as the program plays")
Columns = NDArray[np.float64]
"""Offsets in quarters and velocities in 0..1 of hits, (2, n)."""


@dataclass(frozen=True, slots=True)
class MeterMisses:
    """Mean absolute misses (ms, velocity of 127) of each method on the takes of one meter, grid and split.

    A method is None where it cannot say: statistics without another take, and the program's own on takes that its
    statistics were made of.
    """

    meter: Meter
    grid: int
    split: str
    takes: int
    hits: int
    misses: tuple[tuple[float, float] | None, ...]


def meter_misses(takes: Iterable[Take], humanizer: Humanizer) -> tuple[MeterMisses, ...]:
    """Return a row for each meter, grid and split of takes that the humaniser has not learned from."""
    every = [take for take in takes if (take.meter, take.grid) != (Meter(4, 4), STEPS_PER_QUARTER)]
    groups: defaultdict[tuple[str, int, str], list[Take]] = defaultdict(list)
    for take in every:
        if take.meter != Meter(4, 4) or take.row.split != TRAIN:
            groups[str(take.meter), take.grid, take.row.split].append(take)
    return tuple(_row(groups[key], every, humanizer) for key in sorted(groups))


def _row(group: Sequence[Take], every: Sequence[Take], humanizer: Humanizer) -> MeterMisses:
    first, hits = group[0], [len(take.hits) for take in group]
    told = [_of_take(take, every, humanizer) for take in group]
    misses = tuple(_mean([row[method] for row in told], hits) for method in range(len(METHODS)))
    return MeterMisses(first.meter, first.grid, first.row.split, len(group), sum(hits), misses)


def _mean(rows: Sequence[tuple[float, float] | None], weights: Sequence[int]) -> tuple[float, float] | None:
    known = [row for row in rows if row is not None]
    if len(known) < len(rows):
        return None
    timing, velocity = np.average(np.array(known), axis=0, weights=weights)
    return float(timing), float(velocity)


def _of_take(take: Take, every: Sequence[Take], humanizer: Humanizer) -> tuple[tuple[float, float] | None, ...]:
    """Return the misses of each method on a take."""
    tempo = take.row.tempo_bpm
    felt = felt_of(take)
    others = [other for other in every if other is not take and _teaches(other, take)]
    velocity = float(np.mean([hit.velocity for other in others or [take] for hit in other.hits]))
    quantised = np.stack([np.zeros(len(take.hits)), np.full(len(take.hits), velocity)])
    alone = _columns(take, felt, humanized(humanizer, felt, tempo, None, never))
    shipped = (
        None if take.row.split == TRAIN else _columns(take, felt, expected_of(humanizer, felt, tempo, None, never))
    )
    statistics = _from_table(take, pooled(others, take.bar_steps, take.grid), alone) if others else None
    return tuple(None if said is None else _missed(take, said) for said in (quantised, alone, statistics, shipped))


def _teaches(other: Take, take: Take) -> bool:
    return other.row.split == TRAIN and (other.meter, other.grid) == (take.meter, take.grid)


def felt_of(take: Take) -> FeltCells:
    """Return the hits of a take on their own grid, as a pattern's cells."""
    bar = take.bar_steps / take.grid
    length = (max(hit.step for hit in take.hits) // take.bar_steps + 1) * bar
    notes = tuple(_note(hit, take.grid) for hit in take.hits)
    pattern = Pattern(notes, length, take.meter)
    return FeltCells(pattern, take.grid, places_of(pattern, take.grid))


def _note(hit: Hit, grid: int) -> Note:
    return Note(hit.step / grid, NOTE_LENGTH, DRUM_PITCHES[Drum(hit.drum or 0)], DEFAULT_VELOCITY)


def _columns(take: Take, felt: FeltCells, feel: CellFeel) -> Columns:
    """Return what a feel says of each hit of a take."""
    order = [felt.index[hit.step, int(hit.drum or 0)] for hit in take.hits]
    return np.stack([feel.offset[order], feel.velocity[order]])


def _from_table(take: Take, table: GrooveTable, else_said: Columns) -> Columns:
    """Return what a table says of each hit, and something else where it says nothing."""
    steps = np.array([hit.step % table.steps for hit in take.hits])
    lanes = np.array([int(hit.drum or 0) for hit in take.hits])
    told = np.stack([table.offset[steps, lanes] / take.grid, table.velocity[steps, lanes]])
    return np.where(table.count[steps, lanes] > 0, told, else_said)


def _missed(take: Take, said: Columns) -> tuple[float, float]:
    real = np.array([(hit.offset / take.grid, hit.velocity) for hit in take.hits]).T
    timing, velocity = np.abs(said - real).mean(axis=1)
    return float(timing) * quarter_ms(take.row.tempo_bpm), 127.0 * float(velocity)
