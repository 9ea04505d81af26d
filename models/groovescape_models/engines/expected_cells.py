"""What is expected of the cells of a pattern: by the humaniser, and by what drummers do where it has not been."""

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.bar_slots import SLOT_STEPS, BarSlots
from groovescape_models.engines.cell_feel import CellFeel
from groovescape_models.engines.engine import ShouldStop
from groovescape_models.engines.felt_cells import FeltCells, IntArray
from groovescape_models.engines.groove_match import told_of
from groovescape_models.engines.groove_statistics import expected_groove, statistics_share
from groovescape_models.engines.humanizer import Plays
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.meant import told_anew
from groovescape_models.music.timing import STEP, STEPS_PER_QUARTER

WINDOWS_AT_ONCE = 64
"""Windows decoded between two looks at should_stop."""
_NAMES = ("velocity", "velocity_scale", "offset", "offset_scale")


def expected_of(
    humanizer: Plays, felt: FeltCells, tempo_bpm: float, character: FloatArray | None, should_stop: ShouldStop
) -> CellFeel:
    """Return how cells are expected to be played, by a drummer of a character or by none in particular (None).

    The humaniser hears sixteenths of 4/4. Triplets lie on its nearest sixteenths; there and in 6/8, what drummers do
    (groove_statistics) pulls as far as was measured to be nearer to them.
    """
    expected = humanized(humanizer, felt, tempo_bpm, character, should_stop)
    meter = felt.pattern.meter
    table = expected_groove(meter, felt.grid)
    if table is None:
        return expected
    told = told_of(table, meter, felt.times, meter, felt.grid).of_lanes(felt.lanes)
    share = statistics_share(meter) * told.count / (told.count + 1.0)
    return expected.towards(told.feel, share, share, share)


def humanized(
    humanizer: Plays, felt: FeltCells, tempo_bpm: float, character: FloatArray | None, should_stop: ShouldStop
) -> CellFeel:
    """Return what the humaniser alone expects of cells, whatever it has not heard."""
    steps = np.floor(felt.times * STEPS_PER_QUARTER + 0.5).astype(np.int64)
    slots = BarSlots.covering(int(steps.max()) + 1, felt.pattern.meter)
    places = np.array([slots.place(int(step)) for step in steps])
    values = _decoded(humanizer, slots.slots, places, felt.lanes, tempo_bpm, character, should_stop)
    velocity, velocity_scale, offset, offset_scale = values.astype(np.float64)
    # What a triplet is away from its sixteenth may be what the humaniser means by a late or early one.
    beside = felt.times - steps * STEP
    offsets = [told_anew(float(own), float(late) * STEP) for own, late in zip(beside, offset, strict=True)]
    return CellFeel(velocity, velocity_scale, np.array(offsets), offset_scale * STEP)


def _decoded(
    humanizer: Plays,
    slots: int,
    places: IntArray,
    lanes: IntArray,
    tempo_bpm: float,
    character: FloatArray | None,
    should_stop: ShouldStop,
) -> FloatArray:
    """Return the four values of each cell, (4, K): of the windows that hold it, faded into each other.

    Windows are two slots, the last goes on with the first as loops do; only those that hold hits are decoded.
    """
    slot, step = np.divmod(places, SLOT_STEPS)
    windows = np.unique(np.concatenate([slot, (slot - 1) % slots]))
    hits = _hits(windows, slots, slot, step, lanes)
    parts = []
    for start in range(0, len(windows), WINDOWS_AT_ONCE):
        if should_stop():
            raise Cancelled
        part = humanizer.decode(hits[start : start + WINDOWS_AT_ONCE], tempo_bpm, character)
        parts.append(np.stack([getattr(part, name) for name in _NAMES]))
    values = np.concatenate(parts, axis=1)
    rise = ((step + 0.5) / SLOT_STEPS).astype(np.float32)
    head = values[:, np.searchsorted(windows, slot), step, lanes]
    tail = values[:, np.searchsorted(windows, (slot - 1) % slots), step + SLOT_STEPS, lanes]
    faded: FloatArray = head * rise + tail * (1.0 - rise)
    return faded


def _hits(windows: IntArray, slots: int, slot: IntArray, step: IntArray, lanes: IntArray) -> NDArray[np.bool_]:
    """Return the hits of windows, bool (W, 32, 9)."""
    hits = np.zeros((len(windows), 2 * SLOT_STEPS, DRUM_COUNT), np.bool_)
    for shift, first in ((0, slot), (SLOT_STEPS, (slot - 1) % slots)):
        hits[np.searchsorted(windows, first), step + shift, lanes] = True
    return hits
