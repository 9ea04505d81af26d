"""Key and chords as the condition of a line network: arrays relative to the tonic.

A line network always sees music in C: a line is moved so that its tonic is C, and so is what conditions it. So twelve
keys share what they learn, and a condition never has to say which key it is.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SCALES, SEMITONES, Key

BEATS_PER_BAR: Final = 4
CONDITION_SIZE: Final = 3 * SEMITONES
"""Values a beat: the scale (12 zeros and ones), the chord's root (one of 12), the chord's tones (12)."""


def shift_to_c(tonic: int) -> int:
    """Return the semitones, -6..5, that move a tonic (0..11) to the nearest C."""
    return (-tonic + SEMITONES // 2) % SEMITONES - SEMITONES // 2


def condition_of(key: Key | None, chords: Sequence[Chord | None], bars: int, first_bar: int = 0) -> NDArray[np.float32]:
    """Return the condition of so many bars of 4/4, float32 (4 * bars, 36), relative to the key's tonic.

    chords has one a bar and goes round; first_bar is where in it to begin. What is not known is 0: no key leaves the
    scale empty and takes C as tonic, no chords leave root and tones empty.
    """
    condition = np.zeros((bars, 3, SEMITONES), np.float32)
    tonic = 0 if key is None else key.tonic
    if key is not None:
        condition[:, 0, list(SCALES[key.scale])] = 1.0
    for bar in range(bars if chords else 0):
        chord = chords[(first_bar + bar) % len(chords)]
        if chord is not None:
            condition[bar, 1, (chord.root - tonic) % SEMITONES] = 1.0
            condition[bar, 2, [(tone - tonic) % SEMITONES for tone in chord.pitch_classes]] = 1.0
    return np.repeat(condition.reshape(bars, CONDITION_SIZE), BEATS_PER_BAR, axis=0)
