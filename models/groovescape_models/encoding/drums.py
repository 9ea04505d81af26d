"""Drum patterns to grids of hits, velocities and offsets, and back."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from groovescape_models.music.cells import DEFAULT_VELOCITY, NOTE_LENGTH, cell_of, steps_of
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray, FloatArray, Groove
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Meter

TWO_BARS: Final = 32
"""Steps of the 2-bar networks."""
PITCHES: Final = tuple(drum.pitch for drum in Drum)
"""General MIDI pitch of each lane."""


def to_groove(pattern: Pattern, tempo_bpm: float = 120.0) -> Groove:
    """Return the pattern on the grid; the loudest note of a cell stands for it.

    A note that rounds to the step behind the last wraps to step 0, as in a loop it is the early first hit.
    """
    steps = steps_of(pattern.length)
    hits = np.zeros((steps, DRUM_COUNT), np.bool_)
    velocities = np.zeros((steps, DRUM_COUNT), np.float32)
    offsets = np.zeros((steps, DRUM_COUNT), np.float32)
    for note in pattern.notes:
        cell = cell_of(note)
        if cell is None or note.start >= pattern.length:
            continue
        key = (cell.step % steps, cell.drum)
        if note.velocity / 127.0 <= velocities[key]:
            continue
        hits[key] = True
        velocities[key] = note.velocity / 127.0
        offsets[key] = note.start / STEP - cell.step
    return Groove(hits, velocities, offsets, tempo_bpm)


def to_hits(pattern: Pattern) -> BoolArray:
    """Return the hits of a pattern, shape (steps, 9)."""
    return to_groove(pattern).hits


def from_groove(groove: Groove, meter: Meter | None = None, name: str = "") -> Pattern:
    """Return the notes of a groove at their played places; a first hit that is early starts at 0."""
    steps, lanes = np.nonzero(groove.hits)
    starts = np.maximum(0.0, (steps + groove.offsets[groove.hits].astype(np.float64)) * STEP)
    velocities = np.clip(np.rint(groove.velocities[groove.hits].astype(np.float64) * 127.0), 1, 127).astype(int)
    rows = zip(starts.tolist(), lanes.tolist(), velocities.tolist(), strict=True)
    notes = [Note(start, NOTE_LENGTH, PITCHES[lane], velocity) for start, lane, velocity in rows]
    return Pattern(tuple(notes), groove.steps * STEP, meter or Meter(), Role.DRUMS, name)


def from_grooves(hits: BoolArray, velocities: FloatArray, offsets: FloatArray, names: Sequence[str]) -> list[Pattern]:
    """Return many grooves of 4/4 as from_groove does each; hits, velocities and offsets are (n, steps, 9)."""
    which, steps, lanes = np.nonzero(hits)
    starts = np.maximum(0.0, (steps + offsets[which, steps, lanes].astype(np.float64)) * STEP)
    loud = np.clip(np.rint(velocities[which, steps, lanes].astype(np.float64) * 127.0), 1, 127).astype(int)
    rows = zip(starts.tolist(), np.array(PITCHES)[lanes].tolist(), loud.tolist(), strict=True)
    notes = [Note(start, NOTE_LENGTH, pitch, velocity) for start, pitch, velocity in rows]
    ends = np.searchsorted(which, np.arange(len(hits) + 1)).tolist()
    length = hits.shape[1] * STEP
    return [
        Pattern(tuple(notes[first:last]), length, Meter(), Role.DRUMS, name)
        for first, last, name in zip(ends, ends[1:], names, strict=False)
    ]


def from_hits(hits: BoolArray, velocities: FloatArray | None = None, name: str = "") -> Pattern:
    """Return hits of shape (steps, 9) as a pattern on the grid; velocities in 0..1, 100 of 127 where not given."""
    if velocities is None:
        velocities = np.full(hits.shape, DEFAULT_VELOCITY / 127.0, np.float32)
    return from_groove(Groove(hits.astype(np.bool_), velocities * hits, np.zeros(hits.shape, np.float32)), name=name)
