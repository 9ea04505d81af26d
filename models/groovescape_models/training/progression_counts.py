"""Chord progressions of four bars, counted in windows of music: what a trio plays over where nobody asks for chords."""

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.progressions import MAJOR, MAJOR_THIRD, MINOR
from groovescape_models.music.chords import Chord, progression_text
from groovescape_models.music.key import SCALES, SEMITONES
from groovescape_models.training.tonal_song import BEATS_PER_BAR

KEPT: Final = 24
LEAST_CHORDS: Final = 2
"""A progression has at least so many chords that differ."""


def count_progressions(conditions: NDArray[np.uint8]) -> dict[str, list[tuple[str, int]]]:
    """Return the commonest progressions of windows' conditions (n, beats, 36), in C or C minor, the commonest first.

    One chord a bar, the one on its first beat, which is in the scale; windows in which one is missing do not count.
    """
    counts: dict[str, Counter[str]] = {MAJOR: Counter(), MINOR: Counter()}
    for condition in conditions:
        bars = condition[::BEATS_PER_BAR].reshape(-1, 3, SEMITONES) > 0
        chords = [_chord(root, tones) for _, root, tones in bars]
        scale = bars[0, 0]
        if all(chord is not None and _is_in(chord, scale) for chord in chords) and len(set(chords)) >= LEAST_CHORDS:
            counts[MAJOR if scale[MAJOR_THIRD] else MINOR][progression_text(tuple(chords))] += 1
    return {mode: found.most_common(KEPT) for mode, found in counts.items()}


def _chord(roots: NDArray[np.bool_], tones: NDArray[np.bool_]) -> Chord | None:
    """Return the plainest chord of a root and tones, (12,) each: major, minor, diminished or dominant."""
    if not roots.any():
        return None
    root = int(roots.argmax())
    third, fifth, seventh = (bool(tones[(root + step) % SEMITONES]) for step in (3, 7, 10))
    major = bool(tones[(root + MAJOR_THIRD) % SEMITONES])
    if third and not major:
        return Chord(root, "m" if fifth else "dim")
    return Chord(root, "7" if major and seventh else "")


def _is_in(chord: Chord, scale: NDArray[np.bool_]) -> bool:
    """Return whether a scale (12,) holds a chord, or would with the raised seventh of a minor key."""
    raised = scale.copy()
    raised[SCALES["harmonic minor"][-1]] |= not scale[MAJOR_THIRD]
    return all(raised[tone] for tone in chord.pitch_classes)
