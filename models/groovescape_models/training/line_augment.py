"""New windows of lines out of old ones: octaves, bars swapped, bars of two songs joined, beats rotated."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.line_vocabulary import LineVocabulary
from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR
from groovescape_models.music.key import SCALES, SEMITONES
from groovescape_models.training.line_windows import NOTHING, LineWindows, without_idle_off

STEPS_PER_BEAT = 4
BEATS_PER_BAR = STEPS_PER_BAR // STEPS_PER_BEAT


@dataclass(frozen=True, slots=True)
class LineAugmentation:
    """Shares of the windows that are changed, each 0..1."""

    octaves: float = 0.3
    """Moved an octave up or down, where the range of the role holds that."""
    joins: float = 0.15
    """From a bar line on, the other half of another window."""
    swaps: float = 0.1
    rotations: float = 0.05
    no_past: float = 0.4
    """Played as if nothing had come before; windows that were joined or turned always are."""
    other_scales: float = 0.3
    """Told another scale that holds all its notes: a scale is what may be played."""
    no_condition: float = 0.15
    """Told neither key nor chords."""
    no_chords: float = 0.15
    """Told the key alone."""


def augment_lines(
    windows: LineWindows, pool: LineWindows, vocabulary: LineVocabulary, how: LineAugmentation, rng: np.random.Generator
) -> LineWindows:
    """Return as many windows as there are, changed as how says; none in place. pool lends halves."""
    windows = shift_octaves(windows, vocabulary.size, how.octaves, rng)
    windows = join_halves(windows, pool, how.joins, rng)
    windows = turn(windows, _turns(windows, how, rng))
    windows = forget(windows, rng.random(len(windows)) < how.no_past)
    windows = rename_scales(windows, vocabulary.lowest, how.other_scales, rng)
    return replace(windows, conditions=hide_conditions(windows.conditions, how, rng))


def forget(windows: LineWindows, lost: NDArray[np.bool_]) -> LineWindows:
    """Return the windows, those that are lost (n,) with nothing before them: they begin in silence."""
    pasts = np.where(lost[:, None], NOTHING, windows.pasts).astype(np.int16)
    alone = (pasts == NOTHING).all(axis=1, keepdims=True)
    return replace(windows, pasts=pasts, tokens=np.where(alone, without_idle_off(windows.tokens), windows.tokens))


def shift_octaves(windows: LineWindows, vocabulary: int, share: float, rng: np.random.Generator) -> LineWindows:
    """Return the windows, a share of them an octave up or down, past and all."""
    line = np.concatenate([windows.pasts, windows.tokens], axis=1)
    wanted = rng.choice((-SEMITONES, SEMITONES), (len(line), 1)) * (rng.random((len(line), 1)) < share)
    notes = line >= FIRST_NOTE
    there = np.where(notes, line + wanted, FIRST_NOTE)
    fits = ((there >= FIRST_NOTE) & (there < vocabulary)).all(axis=1, keepdims=True)
    line = np.where(notes & fits, line + wanted, line).astype(np.int16)
    return replace(windows, pasts=line[:, :STEPS_PER_BAR], tokens=line[:, STEPS_PER_BAR:])


def join_halves(windows: LineWindows, pool: LineWindows, share: float, rng: np.random.Generator) -> LineWindows:
    """Return the windows, the second half of a share of them from another one, with the harmony that it has there."""
    others = pool.at(rng.integers(0, len(pool), len(windows)))
    joined = rng.random(len(windows)) < share
    tokens, conditions = windows.tokens.copy(), windows.conditions.copy()
    steps, beats = tokens.shape[1] // 2, conditions.shape[1] // 2
    tokens[joined, steps:] = others.tokens[joined, steps:]
    conditions[joined, beats:] = others.conditions[joined, beats:]
    return replace(windows, tokens=tokens, conditions=conditions)


def turn(windows: LineWindows, beats: NDArray[np.int64]) -> LineWindows:
    """Return each window begun so many beats (n,) later, going round; those that are turned have no past."""
    count, steps = windows.tokens.shape
    rows = np.arange(count)[:, None]
    tokens = windows.tokens[rows, (np.arange(steps)[None] + STEPS_PER_BEAT * beats[:, None]) % steps]
    conditions = windows.conditions[rows, (np.arange(steps // STEPS_PER_BEAT)[None] + beats[:, None]) % (steps // 4)]
    pasts = np.where(beats[:, None] > 0, NOTHING, windows.pasts).astype(np.int16)
    return replace(windows, tokens=tokens, conditions=conditions, pasts=pasts)


def rename_scales(windows: LineWindows, lowest: int, share: float, rng: np.random.Generator) -> LineWindows:
    """Return the windows, a share of those whose key is known under any scale on its tonic that holds their notes."""
    scales = np.zeros((len(SCALES), SEMITONES), np.uint8)
    for row, steps in enumerate(SCALES.values()):
        scales[row, list(steps)] = 1
    notes = windows.tokens >= FIRST_NOTE
    used = np.zeros((len(windows), SEMITONES), np.uint8)
    used[np.nonzero(notes)[0], (windows.tokens[notes].astype(np.int64) - FIRST_NOTE + lowest) % SEMITONES] = 1
    holds = used.astype(np.int64) @ (1 - scales.astype(np.int64)).T == 0
    renamed = (rng.random(len(windows)) < share) & holds.any(axis=1) & windows.conditions[:, 0, :SEMITONES].any(axis=1)
    chosen = np.argmax(holds * rng.random(holds.shape), axis=1)
    conditions = windows.conditions.copy()
    conditions[renamed, :, :SEMITONES] = scales[chosen[renamed]][:, None]
    return replace(windows, conditions=conditions)


def hide_conditions(
    conditions: NDArray[np.uint8], how: LineAugmentation, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Return the conditions, a share of them all zeros and a share with the scale alone."""
    draw = rng.random(len(conditions))
    hidden = conditions.copy()
    hidden[draw < how.no_condition] = 0
    hidden[draw > 1.0 - how.no_chords, :, SEMITONES:] = 0
    return hidden


def _turns(windows: LineWindows, how: LineAugmentation, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the beats by which to turn each window: bars for swaps, any number of beats for rotations."""
    beats = windows.tokens.shape[1] // STEPS_PER_BEAT
    draw = rng.random(len(windows))
    bars = BEATS_PER_BAR * rng.integers(1, beats // BEATS_PER_BAR, len(windows))
    rotated = np.where(draw < how.swaps + how.rotations, rng.integers(1, beats, len(windows)), 0)
    return np.asarray(np.where(draw < how.swaps, bars, rotated), np.int64)
