"""What lines are like, measured: what styles of lines are named after."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, Tokens
from groovescape_models.latent.grid_attributes import line_density, line_syncopation, pitch_range
from groovescape_models.music.key import SEMITONES

Floats = NDArray[np.float64]
BEAT_STEPS: Final = 4
FIFTH: Final = 7
OCTAVE: Final = 12


@dataclass(frozen=True, eq=False)
class LineFeatures:
    """Measures of lines, float64 (n,) each; shares are 0..1.

    density in notes a step; syncopation a bar; range in semitones; eighths and quarters: shares of the times between
    notes that are such; repeats, steps (1 or 2 semitones), leaps (3..5) and octaves: shares of the intervals; turns:
    share of the intervals that change direction; roots and fifths: shares of the notes on the root and the fifth of
    their chord; classes: different pitches.
    """

    density: Floats
    syncopation: Floats
    range: Floats
    eighths: Floats
    quarters: Floats
    repeats: Floats
    steps: Floats
    leaps: Floats
    octaves: Floats
    turns: Floats
    roots: Floats
    fifths: Floats
    classes: Floats

    def table(self) -> Floats:
        """Return all measures as (n, measures), each with mean 0 and deviation 1."""
        columns = np.stack([getattr(self, name) for name in self.__dataclass_fields__], axis=1)
        return np.asarray((columns - columns.mean(0)) / np.maximum(columns.std(0), 1e-9))


def line_features(tokens: Tokens, conditions: NDArray[np.uint8]) -> LineFeatures:
    """Return the measures of tokens (n, steps) in C with their conditions (n, beats, 36)."""
    gaps, intervals = [], []
    for line in tokens:
        steps = np.flatnonzero(line >= FIRST_NOTE)
        gaps.append(np.diff(steps))
        intervals.append(np.diff(line[steps].astype(np.int64)))
    sizes = [np.abs(moves) for moves in intervals]
    roots, fifths = _on_chord(tokens, conditions)
    return LineFeatures(
        line_density(tokens),
        line_syncopation(tokens),
        pitch_range(tokens),
        _share([gap == BEAT_STEPS // 2 for gap in gaps]),
        _share([gap == BEAT_STEPS for gap in gaps]),
        _share([size == 0 for size in sizes]),
        _share([(size >= 1) & (size <= 2) for size in sizes]),
        _share([(size >= 3) & (size <= 5) for size in sizes]),
        _share([size == OCTAVE for size in sizes]),
        _share([moves[1:] * moves[:-1] < 0 for moves in intervals]),
        roots,
        fifths,
        np.array([len(np.unique(line[line >= FIRST_NOTE])) for line in tokens], np.float64),
    )


def _share(flags: list[NDArray[np.bool_]]) -> Floats:
    return np.array([float(row.mean()) if row.size else 0.0 for row in flags], np.float64)


def _on_chord(tokens: Tokens, conditions: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Return the shares of the notes on the root and on the fifth of their chords; 0 where there are no chords."""
    notes = tokens >= FIRST_NOTE
    classes = (tokens.astype(np.int64) - FIRST_NOTE + MIN_PITCH) % SEMITONES
    root = np.repeat(conditions[:, :, SEMITONES : 2 * SEMITONES], BEAT_STEPS, axis=1) > 0
    count = np.maximum(notes.sum(axis=1), 1)
    shares = []
    for above in (0, FIFTH):
        there = np.take_along_axis(np.roll(root, above, axis=2), classes[..., None], axis=2)[..., 0]
        shares.append(np.asarray((there & notes).sum(axis=1) / count, np.float64))
    return shares[0], shares[1]
