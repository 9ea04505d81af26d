"""Swing and accent as exact changes of how notes are played: no note is made or lost."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.attributes import swing_feel, swing_percent, velocity_accent
from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.off_beats import EIGHTH_SWING, SIXTEENTH_SWING
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEPS_PER_QUARTER, Quarters, nearest_step

_OFF: Final = (0.376, 0.707)
"""Places in a pair within which an off-beat may be put: those that are measured as off-beats."""
_ROUNDS: Final = 12
SOFTEST: Final = 8
"""Velocity below which no accent pushes a note."""


def with_swing(pattern: Pattern, percent: float) -> Pattern:
    """Return the pattern with its off-beats moved together so that its swing_feel is so many percent.

    Those that would leave their place in the pair stop there. A pattern without off-beats comes back as it is.
    """
    pair = next((p for p in (SIXTEENTH_SWING, EIGHTH_SWING) if swing_percent(pattern, p) is not None), None)
    if pair is None:
        return pattern
    for _ in range(_ROUNDS):
        short = (percent - swing_feel(pattern)) / 100.0
        if abs(short) < 1e-4:
            break
        pattern = pattern.with_notes(_swung(note, pair, short, pattern.length) for note in pattern.notes)
    return pattern


def _swung(note: Note, pair: Quarters, later: float, length: Quarters) -> Note:
    """Return an off-beat later by so much of its pair; another note as it is."""
    start = note.start / pair
    place = start % 1.0
    if drum_of(note.pitch) is None or note.start >= length or not 0.375 <= place < 17 / 24:
        return note
    moved = float(np.clip(place + later, *_OFF))
    return replace(note, start=(start - place + moved) * pair)


def with_accent(pattern: Pattern, accent: float) -> Pattern:
    """Return the pattern with the hits on the beats louder than the others by so much (attributes.velocity_accent).

    Hits on the beats and others of the same drum are moved apart, or together, and keep that drum's mean as far as
    1..127 lets them. A pattern where no drum has both comes back as it is.
    """
    for _ in range(_ROUNDS):
        short = accent - velocity_accent(pattern)
        if abs(short) < 0.25:
            break
        louder = pattern.with_notes(_accented(pattern, short))
        if abs(accent - velocity_accent(louder)) >= abs(short):
            break
        pattern = louder
    return pattern


def _accented(pattern: Pattern, more: float) -> list[Note]:
    """Return the notes with so much more accent, were there no bounds."""
    drums = [drum_of(note.pitch) if note.start < pattern.length else None for note in pattern.notes]
    on_beat = np.array([nearest_step(note.start) % STEPS_PER_QUARTER == 0 for note in pattern.notes], np.bool_)
    lift = np.zeros(len(drums), np.float64)
    for drum in {drum for drum in drums if drum is not None}:
        own = np.array([other == drum for other in drums], np.bool_)
        share = float(on_beat[own].mean())
        if 0.0 < share < 1.0:
            lift[own] = np.where(on_beat[own], 1.0 - share, -share)
    gain = _gain(lift, on_beat, np.array([drum is not None for drum in drums], np.bool_))
    return [
        replace(note, velocity=int(np.clip(round(note.velocity + more * up * gain), min(SOFTEST, note.velocity), 127)))
        for note, up in zip(pattern.notes, lift.tolist(), strict=True)
    ]


def _gain(lift: NDArray[np.float64], on_beat: NDArray[np.bool_], drums: NDArray[np.bool_]) -> float:
    """Return what the lift has to be multiplied with for an accent of 1."""
    on, off = lift[on_beat & drums], lift[~on_beat & drums]
    accent = float(on.mean() - off.mean()) if on.size and off.size else 0.0
    return 1.0 / accent if accent > 0 else 0.0
