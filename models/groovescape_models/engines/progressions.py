"""Chord progressions to play over where nobody asks for any: those that the data holds most often."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from groovescape_models.music.chords import Chord, read_progression
from groovescape_models.music.key import SCALES, SEMITONES, Key

MAJOR, MINOR = "major", "minor"
MAJOR_THIRD = 4
Counted = Mapping[str, Sequence[tuple[str, int]]]
"""For major and minor: progressions in C or C minor, as in 'C | Am | F | G', with how often they were found."""


def draw_progression(counted: Counted, key: Key, rng: np.random.Generator) -> tuple[Chord | None, ...]:
    """Return a progression in a key, drawn as often as it was found; none where none are counted.

    A scale with a major third takes those of major, any other those of minor.
    """
    rows = counted.get(MAJOR if MAJOR_THIRD in SCALES[key.scale] else MINOR, ())
    if not rows:
        return ()
    counts = np.array([count for _, count in rows], np.float64)
    text, _ = rows[int(rng.choice(len(rows), p=counts / counts.sum()))]
    return tuple(moved_chord(chord, key.tonic) for chord in read_progression(text))


def moved_chord(chord: Chord | None, semitones: int) -> Chord | None:
    """Return a chord moved up by semitones; None stays None."""
    if chord is None:
        return None
    bass = None if chord.bass is None else (chord.bass + semitones) % SEMITONES
    return replace(chord, root=(chord.root + semitones) % SEMITONES, bass=bass)
