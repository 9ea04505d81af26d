"""Grooves taken from music and put on other music the program's own way: extraction, then the groove engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from groovescape_models.encoding.drums import from_hits
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.errors import DataSetError
from groovescape_models.music.cells import cell_of
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.grooving import apply_feel_in_order
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, STEPS_PER_QUARTER
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_floor import performances
from groovescape_models.training.groove_measures import Playing

MIN_SHARED: Final = 8
"""Fewer shared cells of a window say nothing of how alike two grooves are."""
PAIRS: Final = 400
"""Grooves put on windows at most; no more than there are windows."""
MEDIANS: Final = "medians (spread 0)"
BY_DEFAULT: Final = "with the amounts a groove begins with"


class FeelDoor(Protocol):
    """What answers FeelRequests: the groove engine, or the studio."""

    def feel(self, request: FeelRequest) -> Feel:
        """Return a feel aligned with the notes of the request's pattern."""
        ...


@dataclass(frozen=True, slots=True)
class Transfers:
    """How grooves of some performances sound on hits of others.

    offset and velocity are correlations with the source groove's medians over the cells that both have, all pairs
    together; typical is the median of the pairs' own correlations of offsets. notes_kept is the share of notes that
    are still there, pitch for pitch, in order.
    """

    pairs: int
    cells: int
    offset: float
    velocity: float
    typical: float
    notes_kept: float


def from_elsewhere(door: FeelDoor, examples: ExampleArrays) -> Playing:
    """Return each window on the grid, played with the groove of the other bars of its performance.

    Both bars of the window are cut out of the performance before its groove is extracted. Where nothing is left, the
    hits are played as is expected of nobody in particular.
    """
    answer = np.zeros((2, *examples.hits.shape), np.float32)
    for performance in performances(examples):
        for row, bar in zip(performance.rows, performance.first_bars, strict=True):
            rest, tempo = performance.without(int(bar)), performance.tempo_bpm
            groove = None if rest is None else extract_groove(rest, tempo)
            answer[:, row] = _played(door, examples.hits[row], tempo, groove)
    return Playing(*answer)


def _played(door: FeelDoor, hits: BoolArray, tempo_bpm: float, groove: GrooveTemplate | None) -> FloatArray:
    """Return velocities and offsets of hits (32, 9), by cell, as the medians of a groove play them: (2, 32, 9)."""
    pattern = from_hits(hits)
    feel = door.feel(FeelRequest(pattern, tempo_bpm, groove, mean=True))
    answer = np.zeros((2, *hits.shape), np.float32)
    for note, start, velocity in zip(pattern.notes, feel.starts, feel.own_velocities or feel.velocities, strict=True):
        cell = cell_of(note)
        if cell is not None:
            answer[:, cell.step, cell.drum] = velocity / 127.0, (start - note.start) / STEP
    return answer


def measure_transfers(
    door: FeelDoor, examples: ExampleArrays, amount: GrooveAmount, rng: np.random.Generator
) -> Transfers:
    """Return what becomes of grooves of whole performances on windows of other performances, at an amount.

    rng draws the pairs; only grooves on sixteenths, as the windows are. Raises DataSetError without two performances.
    """
    rows: list[FloatArray] = []
    own: list[float] = []
    kept: list[float] = []
    for groove, row in _pairs(examples, rng):
        pattern = from_hits(examples.hits[row])
        feel = door.feel(FeelRequest(pattern, float(examples.tempos_bpm[row]), groove))
        played = apply_feel_in_order(pattern, feel, amount)
        kept.append(float(np.mean([old.pitch == new.pitch for old, new in zip(pattern.notes, played, strict=True)])))
        shared = np.array(list(_shared(pattern, played, groove)), np.float32).reshape(-1, 4)
        rows.append(shared)
        if len(shared) >= MIN_SHARED:
            own.append(_correlation(shared[:, 0], shared[:, 1]))
    if not rows:
        raise DataSetError("The data has no two performances to take a groove from and to put it on.")
    table = np.concatenate(rows)
    offset, velocity = _correlation(table[:, 0], table[:, 1]), _correlation(table[:, 2], table[:, 3])
    typical = float(np.median(own)) if own else offset
    return Transfers(len(rows), len(table), offset, velocity, typical, float(np.mean(kept)))


def _pairs(examples: ExampleArrays, rng: np.random.Generator) -> Iterator[tuple[GrooveTemplate, int]]:
    """Yield (groove of a performance, window of another one): each groove as often as the others."""
    whole = [(one.rows, _groove_of(one.without(-2), one.tempo_bpm)) for one in performances(examples)]
    usable = [(rows, groove) for rows, groove in whole if groove.table.steps_per_quarter == STEPS_PER_QUARTER]
    for turn in range(min(PAIRS, len(examples)) if usable else 0):
        rows, groove = usable[turn % len(usable)]
        others = np.setdiff1d(np.arange(len(examples)), rows)
        if others.size:
            yield groove, int(rng.choice(others))


def _groove_of(pattern: Pattern | None, tempo_bpm: float) -> GrooveTemplate:
    if pattern is None:
        raise DataSetError("A performance of the data has no hits; fetch it again.")
    return extract_groove(pattern, tempo_bpm)


def _shared(
    pattern: Pattern, played: tuple[Note, ...], groove: GrooveTemplate
) -> Iterator[tuple[float, float, float, float]]:
    """Yield (offset played, in the groove, velocity played, in the groove) of each cell that the groove knows."""
    table = groove.table
    for old, new in zip(pattern.notes, played, strict=True):
        cell = cell_of(old)
        if cell is not None and old.start > 0.0 and table.count[cell.step % table.steps, cell.drum] > 0:
            place = cell.step % table.steps, cell.drum
            offset = (new.start - old.start) / STEP
            yield offset, float(table.offset[place]), new.velocity / 127.0, float(table.velocity[place])


def _correlation(ours: FloatArray, theirs: FloatArray) -> float:
    if len(ours) < 2 or not ours.std() or not theirs.std():
        return 0.0
    return float(np.corrcoef(ours, theirs)[0, 1])
