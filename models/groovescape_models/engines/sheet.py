"""A pattern as what a drummer is given: its known cells and its taps, bar by bar in slots of sixteen steps."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.bar_slots import SLOT_STEPS, BarSlots
from groovescape_models.encoding.drums import to_groove
from groovescape_models.encoding.given import STYLES, Given, style_rows
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.cells import steps_of
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import STEP, nearest_step

ALIKE: Final = 2.0 / 127.0
"""Velocities that differ by no more than this are all alike: they tell nothing."""
ON_GRID: Final = 0.02
"""Notes that lie no farther than this from the grid, in steps, were not played by hand."""
NO_LANES: Final[BoolArray] = np.zeros(DRUM_COUNT, np.bool_)


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a drummer is given of a whole pattern, over slots * 16 steps.

    known, hits bool (steps, 9); velocities 0..1 and offsets in steps (steps, 9); tap (steps, 3) or None; places
    int (k,) is where each step of the pattern lies; steps that no place lies on are known to be silent.
    """

    slots: BarSlots
    places: NDArray[np.intp]
    known: BoolArray
    hits: BoolArray
    velocities: FloatArray
    offsets: FloatArray
    tap: FloatArray | None
    strict: bool
    tempo_bpm: float
    style: FloatArray

    @property
    def loud(self) -> bool:
        """Whether the velocities that are given tell anything."""
        heard = self._heard(self.velocities, 1)
        return bool(len(heard) and heard.max() - heard.min() > ALIKE)

    @property
    def felt(self) -> bool:
        """Whether what is given was played off the grid."""
        return bool((np.abs(self._heard(self.offsets, 2)) > ON_GRID).any())

    def _heard(self, table: FloatArray, column: int) -> FloatArray:
        heard: FloatArray = table[self.known & self.hits]
        return heard if self.tap is None else self.tap[self.tap[:, 0] > 0, column]

    def window(self, slots: NDArray[np.intp], hits: BoolArray, known: BoolArray, wanted: BoolArray) -> Given:
        """Return what is given in windows of two slots (w, 2), for variations with their own hits and known cells.

        hits and known are (n, steps, 9), wanted (n, 9) lanes that are to be struck; the answer has w windows of the
        first variation, then those of the second.
        """
        steps = (slots[:, :, None] * SLOT_STEPS + np.arange(SLOT_STEPS)).reshape(len(slots), -1)
        count = len(hits) * len(slots)

        def cut(table: FloatArray) -> FloatArray:
            return np.tile(table[steps], (len(hits), *(1,) * table.ndim))

        def flag(value: bool) -> BoolArray:
            return np.full(count, value)

        tap = np.zeros((len(self.known), 3), np.float32) if self.tap is None else self.tap
        return Given(
            known[:, steps].reshape(count, -1, DRUM_COUNT),
            hits[:, steps].reshape(count, -1, DRUM_COUNT),
            cut(self.velocities),
            cut(self.offsets),
            cut(tap),
            flag(self.tap is not None),
            flag(self.strict),
            flag(self.loud),
            flag(self.felt),
            np.full(count, self.tempo_bpm, np.float32),
            np.tile(self.style, (count, 1)),
            np.repeat(wanted, len(slots), axis=0),
        )


def sheet_of(pattern: Pattern, tempo_bpm: float, style: str | None = None) -> Sheet:
    """Return a drum pattern as it is given, every cell of it known; UnknownNameError for a style that is not there."""
    steps = steps_of(pattern.length)
    slots, places = _places(pattern, steps)
    groove = to_groove(pattern, tempo_bpm)
    hits, velocities, offsets = (
        _laid(table.astype(np.float32), slots, places) for table in (groove.hits, groove.velocities, groove.offsets)
    )
    known = np.ones(hits.shape, np.bool_)
    row = style_row(style)
    return Sheet(
        slots, places, known, hits > 0, velocities, offsets, None, strict=False, tempo_bpm=tempo_bpm, style=row
    )


def freed(sheet: Sheet, free: BoolArray) -> Sheet:
    """Return a sheet with cells of the pattern's own steps, bool (k, 9), made free: their hits are forgotten."""
    known, hits = sheet.known.copy(), sheet.hits.copy()
    known[sheet.places] &= ~free
    return replace(sheet, known=known, hits=hits & known)


def tapped(pattern: Pattern, tempo_bpm: float, style: str | None = None, strict: bool = False) -> Sheet:
    """Return the notes of any pattern as a tapped rhythm with all drums free: the loudest note of a step is its tap."""
    steps = steps_of(pattern.length)
    slots, places = _places(pattern, steps)
    rows = np.zeros((steps, 3), np.float32)
    for note in pattern.notes:
        step = nearest_step(note.start)
        velocity = note.velocity / 127.0
        if note.start < pattern.length and velocity > rows[step % steps, 1]:
            rows[step % steps] = (1.0, velocity, note.start / STEP - step)
    shape = (slots.slots * SLOT_STEPS, DRUM_COUNT)
    known = np.ones(shape, np.bool_)
    known[places] = False
    empty = np.zeros(shape, np.float32)
    tap = _laid(rows, slots, places)
    return Sheet(slots, places, known, empty > 0, empty, empty, tap, strict, tempo_bpm, style_row(style))


def style_row(name: str | None) -> FloatArray:
    """Return a style as the network takes it, (18,), zeros for none; UnknownNameError lists those that there are."""
    if name is not None and name not in STYLES:
        raise UnknownNameError(f"The drummer knows no style '{name}'; there are {', '.join(STYLES)}.")
    row: FloatArray = style_rows(np.array([name or ""]))[0]
    return row


def _places(pattern: Pattern, steps: int) -> tuple[BarSlots, NDArray[np.intp]]:
    slots = BarSlots.covering(steps, pattern.meter)
    return slots, np.array([slots.place(step) for step in range(steps)], np.intp)


def _laid(rows: FloatArray, slots: BarSlots, places: NDArray[np.intp]) -> FloatArray:
    """Return rows of the pattern's steps (k, ...) where they lie in the slots, zeros elsewhere."""
    table = np.zeros((slots.slots * SLOT_STEPS, *rows.shape[1:]), np.float32)
    table[places] = rows
    return table
