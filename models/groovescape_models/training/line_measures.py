"""Measures of many lines at once: what they are made of, and how they sit in their key and on their chords."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, NOTE_OFF, STEPS_PER_BAR, Tokens
from groovescape_models.music.attributes import syncopation
from groovescape_models.music.key import SEMITONES
from groovescape_models.music.timing import Meter
from groovescape_models.training.drum_measures import Likeness, wasserstein

Measures = NDArray[np.float64]
STEPS_PER_BEAT: Final = 4
STRONG_STEPS: Final = 8
"""Strong beats are the first and the third of a bar of 4/4."""


def note_f1(tokens: Tokens, back: Tokens) -> float:
    """Return F1 of the notes of lines (n, S): a note is right if it begins at the right step with the right pitch."""
    there, found = tokens >= FIRST_NOTE, back >= FIRST_NOTE
    both = float((there & (tokens == back)).sum())
    return 2.0 * both / max(1.0, float(there.sum() + found.sum()))


def _notes(tokens: Tokens) -> Measures:
    return np.asarray((tokens >= FIRST_NOTE).sum(1) / (tokens.shape[1] / STEPS_PER_BAR), np.float64)


def _silence(tokens: Tokens) -> Measures:
    return 1.0 - np.asarray(sounding(tokens).mean(1), np.float64)


def _syncopation(tokens: Tokens) -> Measures:
    meter = Meter()
    return np.array([syncopation(line >= FIRST_NOTE, meter) for line in tokens], np.float64)


def _range(tokens: Tokens) -> Measures:
    high = np.where(tokens >= FIRST_NOTE, tokens, 0).max(1)
    low = np.where(tokens >= FIRST_NOTE, tokens, np.iinfo(np.int16).max).min(1)
    return np.asarray(np.maximum(0, high - np.minimum(low, high)), np.float64)


def _pitch(tokens: Tokens) -> Measures:
    notes = tokens >= FIRST_NOTE
    total = np.where(notes, tokens - FIRST_NOTE + MIN_PITCH, 0).sum(1)
    return np.asarray(total[notes.any(1)] / notes.sum(1)[notes.any(1)], np.float64)


def _steps_between(tokens: Tokens) -> list[NDArray[np.int64]]:
    return [np.diff(line[line >= FIRST_NOTE].astype(np.int64)) for line in tokens]


def _interval(tokens: Tokens) -> Measures:
    return np.array([np.abs(steps).mean() for steps in _steps_between(tokens) if steps.size], np.float64)


def _repeats(tokens: Tokens) -> Measures:
    return np.array([(steps == 0).mean() for steps in _steps_between(tokens) if steps.size], np.float64)


def _length(tokens: Tokens) -> Measures:
    notes = (tokens >= FIRST_NOTE).sum(1)
    return np.asarray(sounding(tokens).sum(1)[notes > 0] / notes[notes > 0], np.float64)


def _bars_alike(tokens: Tokens) -> Measures:
    """Return the share of steps at which the first and the second half begin a note, of those at which either does."""
    notes = tokens >= FIRST_NOTE
    first, second = notes[:, : tokens.shape[1] // 2], notes[:, tokens.shape[1] // 2 :]
    return np.asarray((first & second).sum(1) / np.maximum((first | second).sum(1), 1), np.float64)


MEASURES: Final[Mapping[str, Callable[[Tokens], Measures]]] = MappingProxyType(
    {
        "notes a bar": _notes,
        "silence": _silence,
        "syncopation a bar": _syncopation,
        "pitch range": _range,
        "mean pitch": _pitch,
        "mean interval": _interval,
        "notes repeated": _repeats,
        "note length in 16ths": _length,
        "rhythm alike": _bars_alike,
    }
)
"""Each takes lines (n, S) in Magenta's tokens and gives a number a line; lines without notes may be left out."""


def likenesses(samples: Tokens, real: Tokens, other: Tokens) -> tuple[Likeness, ...]:
    """Return how like real lines samples are, measure by measure; other is more of the real ones, for the floor."""
    return tuple(_likeness(name, measure(samples), measure(real), measure(other)) for name, measure in MEASURES.items())


def _likeness(name: str, samples: Measures, real: Measures, other: Measures) -> Likeness:
    distance, floor = wasserstein(samples, real), wasserstein(other, real)
    return Likeness(name, float(real.mean()), float(samples.mean()), distance, floor)


def sounding(tokens: Tokens) -> NDArray[np.bool_]:
    """Return where a note lasts, bool (n, S)."""
    lasts = np.zeros(tokens.shape, np.bool_)
    on = np.zeros(len(tokens), np.bool_)
    for step, column in enumerate(tokens.T):
        on = np.where(column == NOTE_OFF, False, on | (column >= FIRST_NOTE))
        lasts[:, step] = on
    return lasts


@dataclass(frozen=True, slots=True)
class Harmony:
    """Shares of notes, each 0..1: in the scale; chord tones on strong beats; chord tones anywhere."""

    in_scale: float
    strong_chord_tones: float
    chord_tones: float


def harmony_of(tokens: Tokens, conditions: NDArray[np.uint8] | NDArray[np.float32]) -> Harmony:
    """Return how lines in C (n, S) sit in the conditions (n, beats, 36) that are told; a beat without one is left out.

    A share of nothing is nan.
    """
    rows, steps = np.nonzero(tokens >= FIRST_NOTE)
    classes = (tokens[rows, steps].astype(np.int64) - FIRST_NOTE + MIN_PITCH) % SEMITONES
    told = conditions[rows, steps // STEPS_PER_BEAT].reshape(len(rows), 3, SEMITONES) > 0
    notes = np.arange(len(rows))
    scale, chord = told[:, 0].any(1), told[:, 2].any(1)
    in_scale, in_chord = told[notes, 0, classes], told[notes, 2, classes]
    strong = chord & (steps % STRONG_STEPS == 0)
    return Harmony(_mean(in_scale[scale]), _mean(in_chord[strong]), _mean(in_chord[chord]))


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if values.size else float("nan")
