"""The likeliest key of a line that nobody names one for."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.key import SEMITONES, Key
from groovescape_models.music.pattern import Pattern

MAJOR: Final = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
MINOR: Final = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
"""Key profiles of Krumhansl and Kessler as revised by Temperley ("What's Key for Key?", Music Perception 17, 1999)."""


def guess_key(pattern: Pattern) -> Key:
    """Return the major or minor key whose profile correlates most with how long each pitch class sounds.

    Krumhansl and Schmuckler's way (Krumhansl 1990, chapter 4). C major where there are no notes.
    """
    sounding = np.zeros(SEMITONES, np.float64)
    for note in pattern.notes:
        sounding[note.pitch % SEMITONES] += max(note.duration, 1e-3)
    if not sounding.std():
        return Key(int(sounding.argmax()))
    best = int(np.argmax(_PROFILES @ (sounding - sounding.mean())))
    return Key(best % SEMITONES, "major" if best < SEMITONES else "minor")


def _standardised(profile: tuple[float, ...]) -> list[NDArray[np.float64]]:
    """Return a profile in its twelve keys, each with mean 0 and length 1."""
    apart = np.array(profile, np.float64) - np.mean(profile)
    return [np.roll(apart / np.linalg.norm(apart), tonic) for tonic in range(SEMITONES)]


_PROFILES: Final = np.stack(_standardised(MAJOR) + _standardised(MINOR))
