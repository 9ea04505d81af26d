"""Chords and key as the official networks are told them, at every step (note_seq/chords_encoder_decoder.py).

Magenta refuses a song with a chord that is no triad. Here a suspended or a power chord stands for the major triad on
its root, and where a network knows major and minor alone, the third decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.checkpoints.official import KEY_SIZE, ChordEncoding, OfficialConfig
from groovescape_models.music.chords import Chord
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.key import SEMITONES

STEPS_PER_BEAT: Final = 4
MAJOR, MINOR, AUGMENTED, DIMINISHED = range(4)


@dataclass(frozen=True, slots=True)
class Tones:
    """A chord by its pitch classes: root, all tones, and the one in the bass."""

    root: int
    tones: frozenset[int]
    bass: int

    @staticmethod
    def of(chord: Chord) -> "Tones":
        """Return the tones of a chord."""
        return Tones(chord.root, chord.pitch_classes, chord.root if chord.bass is None else chord.bass)

    @property
    def triad(self) -> int:
        """MAJOR, MINOR, AUGMENTED or DIMINISHED."""
        above = {(tone - self.root) % SEMITONES for tone in self.tones}
        if 3 in above and 4 not in above:
            return DIMINISHED if 6 in above and 7 not in above else MINOR
        return AUGMENTED if 4 in above and 8 in above and 7 not in above else MAJOR


def chord_values(chord: Tones | None, encoding: ChordEncoding) -> FloatArray:
    """Return what a network is told of a chord, (encoding.size,); None is no chord."""
    values = np.zeros(encoding.size, np.float32)
    if chord is None:
        values[0] = 1.0
    elif encoding is ChordEncoding.PITCHES:
        values[1 + chord.root] = 1.0
        values[[1 + SEMITONES + tone for tone in chord.tones]] = 1.0
        values[1 + 2 * SEMITONES + chord.bass] = 1.0
    else:
        triad = chord.triad
        if encoding is ChordEncoding.MAJOR_MINOR:
            triad = MINOR if triad in (MINOR, DIMINISHED) else MAJOR
        values[1 + SEMITONES * triad + chord.root] = 1.0
    return values


def control_of(config: OfficialConfig, chords: Iterable[Tones | None], tonic: int = 0) -> FloatArray:
    """Return controls (chords, C) for one chord each, and for a key by its tonic where the network is told one."""
    rows = [chord_values(chord, config.chords) if config.chords else np.zeros(0, np.float32) for chord in chords]
    controls = np.stack(rows)
    if not config.has_key:
        return controls
    key = np.zeros((len(controls), KEY_SIZE), np.float32)
    key[:, tonic] = 1.0
    return np.concatenate([controls, key], axis=1)


def controls_of_condition(config: OfficialConfig, condition: FloatArray | None, count: int) -> FloatArray | None:
    """Return controls (count, steps, C) of a condition (count, beats, 36) as encoding/harmony.py makes it.

    The condition is relative to the tonic, so the key is C. None for a network that is told nothing.
    """
    if not config.control_size:
        return None
    beats = config.steps // STEPS_PER_BEAT
    if condition is None:
        condition = np.zeros((1, beats, 3 * SEMITONES), np.float32)
    rows = [control_of(config, [_heard(beat) for beat in row]) for row in condition[:, :beats]]
    controls = np.repeat(np.stack(rows), STEPS_PER_BEAT, axis=1)
    return controls if len(controls) == count else np.repeat(controls, count, axis=0)


def _heard(beat: FloatArray) -> Tones | None:
    """Return the chord of a beat (36,): scale, root, tones; None where it has no root."""
    roots = np.flatnonzero(beat[SEMITONES : 2 * SEMITONES])
    if not len(roots):
        return None
    return Tones(int(roots[0]), frozenset(np.flatnonzero(beat[2 * SEMITONES :]).tolist()), int(roots[0]))
