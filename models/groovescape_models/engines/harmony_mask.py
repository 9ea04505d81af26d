"""What a key and chords allow, as noise: a line network draws the largest of logits and noise, so noise can forbid.

So the same rule holds on every backend, and no network has to know of it.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, TOKEN_COUNT
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SCALES, SEMITONES, Key

FORBIDDEN: Final = -1e4
"""Noise of a token that must not be drawn."""
NOTE_CLASSES: Final = (MIN_PITCH + np.arange(TOKEN_COUNT - FIRST_NOTE)) % SEMITONES
"""Pitch class of each token that begins a note, (88,)."""
STEPS_PER_BEAT: Final = 4
STRONG_BEATS: Final = 2
"""Every second beat of 4/4 is strong, from the first."""


def harmony_noise(condition: FloatArray, strict: bool, pull: float = 0.0) -> FloatArray:
    """Return what to add to the noise of a line in C, float32 (steps, 90), for a condition (beats, 36).

    strict forbids every note that is neither in the scale nor in the chord of its beat; where neither is known, none is
    forbidden. pull is added to the chord tones on strong beats.
    """
    scale, _, chord = condition.reshape(len(condition), 3, SEMITONES).transpose(1, 0, 2) > 0
    known = scale.any(axis=1)[:, None]
    allowed = np.where(known, scale | chord, True)
    strong = (np.arange(len(condition)) % STRONG_BEATS == 0)[:, None]
    by_class = np.where(allowed | (not strict), 0.0, FORBIDDEN)
    noise = np.zeros((len(condition), STEPS_PER_BEAT, TOKEN_COUNT), np.float32)
    noise[:, :, FIRST_NOTE:] = by_class[:, None, NOTE_CLASSES]
    noise[:, 0, FIRST_NOTE:] += np.where(strong & chord, pull, 0.0)[:, NOTE_CLASSES]
    return noise.reshape(-1, TOKEN_COUNT)


def range_noise(lowest: int, highest: int, shift: int) -> FloatArray:
    """Return noise (90,) that forbids, in a line moved by shift semitones, pitches that are not lowest..highest."""
    pitches = MIN_PITCH + np.arange(TOKEN_COUNT - FIRST_NOTE) - shift
    noise = np.zeros(TOKEN_COUNT, np.float32)
    noise[FIRST_NOTE:] = np.where((pitches < lowest) | (pitches > highest), FORBIDDEN, 0.0)
    return noise


def likely_key(chords: Sequence[Chord | None]) -> Key:
    """Return the major or minor key that holds most tones of chords, one that begins on the first chord if several do.

    C major where there are no chords.
    """
    there = [chord for chord in chords if chord is not None]
    if not there:
        return Key()
    tones = np.zeros(SEMITONES, np.int64)
    for chord in there:
        tones[list(chord.pitch_classes)] += 1
    keys = [Key(tonic, scale) for scale in ("major", "minor") for tonic in range(SEMITONES)]
    return max(keys, key=lambda key: (tones[list(key.pitch_classes)].sum(), _is_home(key, there[0])))


def _is_home(key: Key, chord: Chord) -> bool:
    """Return whether a chord is the tonic chord of a key."""
    third = SCALES[key.scale][2]
    return chord.root == key.tonic and (chord.root + third) % SEMITONES in chord.pitch_classes
