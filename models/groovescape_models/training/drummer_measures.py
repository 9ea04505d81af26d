"""Figures of what a drummer plays beside what was played: hits, cells, timing and loudness of what was hidden."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.given import Given
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_measures import (
    OFFSET_BINS,
    STEP_MS_AT_1_BPM,
    VELOCITY_BINS,
    Playing,
    divergence,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One way of answering one question; None where the source does not tell.

    f1, precision and recall are of the hits in hidden cells; accuracy is the share of all 288 cells that are right,
    beats the same over the windows of beats alone, without fills.
    """

    question: str
    method: str
    f1: float | None
    precision: float | None
    recall: float | None
    accuracy: float | None
    beats: float | None = None
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Struck:
    """How hidden hits are struck: mean misses of the medians in ms and of 127, and the divergences of what is drawn."""

    question: str
    method: str
    timing_ms: float
    velocity: float
    timing_kl: float
    velocity_kl: float


def answered(question: str, method: str, hits: BoolArray, examples: ExampleArrays, given: Given) -> Answered:
    """Return the row of hits (n, 32, 9) beside those of examples, in the cells that are not known."""
    real, found = examples.hits & ~given.known, hits & ~given.known
    right = float((real & found).sum())
    precision, recall = right / max(1.0, float(found.sum())), right / max(1.0, float(real.sum()))
    f1 = 2.0 * right / max(1.0, float(real.sum() + found.sum()))
    cells = (hits == examples.hits).mean(axis=(1, 2))
    return Answered(question, method, f1, precision, recall, float(cells.mean()), float(cells[beats(examples)].mean()))


def beats(examples: ExampleArrays) -> NDArray[np.bool_]:
    """Return which examples are of beats, not of fills, as their file's name says."""
    return np.char.find(examples.sources, "_fill_") < 0


def struck(
    question: str, method: str, medians: Playing, drawn: Playing, examples: ExampleArrays, given: Given
) -> Struck:
    """Return the row of a way of striking the hidden hits of examples."""
    hidden = examples.hits & ~given.known
    late = np.abs(medians.offset - examples.offsets) * STEP_MS_AT_1_BPM / examples.tempos_bpm[:, None, None]
    loud = np.abs(medians.velocity - examples.velocities)
    return Struck(
        question,
        method,
        float(late[hidden].mean()),
        127.0 * float(loud[hidden].mean()),
        divergence(examples.offsets[hidden], drawn.offset[hidden], OFFSET_BINS),
        divergence(examples.velocities[hidden], drawn.velocity[hidden], VELOCITY_BINS),
    )
