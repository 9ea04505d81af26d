"""Chords out of the pitch classes that sound: templates compared bar by bar, or by half bars where that says more.

Template matching of pitch class profiles (Fujishima, "Realtime chord recognition of musical sound", ICMC 1999), on
durations instead of spectra.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SEMITONES
from groovescape_models.training.tonal_song import BEATS_PER_BAR

COSTS: Final[Mapping[str, float]] = MappingProxyType(
    {"": 0.36, "m": 0.36, "7": 0.48, "m7": 0.5, "maj7": 0.53, "dim": 0.42, "m7b5": 0.53, "dim7": 0.51, "aug": 0.46}
)
"""What a quality costs: the more tones and the rarer, the more; so a seventh has to sound to be in the chord."""
BASS_BONUS: Final = 0.15
"""What a root that is in the bass gains."""
ONE_CHORD: Final = 0.75
"""A bar has one chord if so much of what sounds is in it; else each half has its own."""
LEAST_FIT: Final = 0.5
_CHORDS: Final = tuple(Chord(root, quality) for quality in COSTS for root in range(SEMITONES))
_TEMPLATES: Final = np.array(
    [[float(tone in chord.pitch_classes) for tone in range(SEMITONES)] for chord in _CHORDS], np.float64
)
_ROOTS: Final = np.array([chord.root for chord in _CHORDS])
_COSTS: Final = np.array([COSTS[chord.quality] for chord in _CHORDS])


def chords_of(weights: NDArray[np.float64], bass: NDArray[np.float64]) -> tuple[Chord | None, ...]:
    """Return the chord of each beat.

    weights (4 * bars, 12) says how long each pitch class sounds in each beat, bass the same of the lowest part alone.
    """
    chords: list[Chord | None] = []
    for start in range(0, len(weights), BEATS_PER_BAR):
        bar = slice(start, start + BEATS_PER_BAR)
        chords += _chords_of_bar(weights[bar], bass[bar])
    return tuple(chords)


def _chords_of_bar(weights: NDArray[np.float64], bass: NDArray[np.float64]) -> Sequence[Chord | None]:
    whole, fit = best_chord(weights.sum(0), bass.sum(0))
    half = BEATS_PER_BAR // 2
    if fit >= ONE_CHORD:
        return [whole] * BEATS_PER_BAR
    first, _ = best_chord(weights[:half].sum(0), bass[:half].sum(0))
    second, _ = best_chord(weights[half:].sum(0), bass[half:].sum(0))
    return [first] * half + [second] * half


def best_chord(weights: NDArray[np.float64], bass: NDArray[np.float64]) -> tuple[Chord | None, float]:
    """Return the chord nearest to pitch class weights (12,) and the share of them in it; None where none is near."""
    total = weights.sum()
    if total <= 0 or np.count_nonzero(weights) < 2:
        return None, 0.0
    share = _TEMPLATES @ weights / total
    low = bass[_ROOTS] / max(bass.sum(), 1e-9)
    best = int((share - _COSTS + BASS_BONUS * low).argmax())
    return (_CHORDS[best], float(share[best])) if share[best] >= LEAST_FIT else (None, 0.0)
