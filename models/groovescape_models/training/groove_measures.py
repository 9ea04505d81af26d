"""Measures of a humaniser: how far from the drummer it plays, and how alike the distributions are."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import from_groove, to_groove
from groovescape_models.music.groove import BoolArray, FloatArray, Groove
from groovescape_models.training.examples import ExampleArrays

STEP_MS_AT_1_BPM: Final = 15_000.0
OFFSET_BINS: Final = np.linspace(-0.5, 0.5, 51, dtype=np.float32)
"""Fiftieths of a step."""
VELOCITY_BINS: Final = np.linspace(0.0, 1.0, 33, dtype=np.float32)
"""Four of 127 each."""


@dataclass(frozen=True, eq=False)
class Playing:
    """How some method plays hits: velocities in 0..1 and offsets in steps, positive late, each (n, 32, 9)."""

    velocity: FloatArray
    offset: FloatArray


@dataclass(frozen=True, slots=True)
class Misses:
    """One row of the table; None where the source does not tell.

    timing_ms and velocity (0..127) are mean absolute misses over all hits, mse_16ths is the mean square of the timing
    in sixteenths. The divergences are KL(real || played) in nats of histograms over all hits, bins of a fiftieth of a
    step and of 4 / 127, one count added to each. hits_kept is the share of hits that are found in their cell again.
    """

    method: str
    timing_ms: float
    velocity: float | None
    mse_16ths: float | None = None
    timing_kl: float | None = None
    velocity_kl: float | None = None
    hits_kept: float | None = None
    measured: bool = True
    """False for a figure of a paper."""


def measure(method: str, playing: Playing, examples: ExampleArrays, count_hits: bool = False) -> Misses:
    """Return the row of a method on examples; counting the hits kept writes and reads every pattern."""
    hits = examples.hits
    late = playing.offset - examples.offsets
    late_ms = late * STEP_MS_AT_1_BPM / examples.tempos_bpm[:, None, None]
    return Misses(
        method,
        float(np.abs(late_ms)[hits].mean()),
        127.0 * float(np.abs(playing.velocity - examples.velocities)[hits].mean()),
        float(np.square(late)[hits].mean()),
        divergence(examples.offsets[hits], playing.offset[hits], OFFSET_BINS),
        divergence(examples.velocities[hits], playing.velocity[hits], VELOCITY_BINS),
        hits_kept(playing, examples) if count_hits else None,
    )


def divergence(real: FloatArray, played: FloatArray, bins: FloatArray) -> float:
    """Return KL(real || played) in nats of two histograms; values beyond the bins count in the outermost."""
    counts = [np.histogram(np.clip(x, bins[0], bins[-1]), bins)[0] + 1.0 for x in (real, played)]
    p, q = (count / count.sum() for count in counts)
    return float((p * np.log(p / q)).sum())


def hits_kept(playing: Playing, examples: ExampleArrays) -> float:
    """Return the share of the hits that come back in their own cell after writing each example as notes."""
    kept = 0
    for hits, velocity, offset in zip(examples.hits, playing.velocity, playing.offset, strict=True):
        notes = from_groove(Groove(hits, np.where(hits, velocity, 0.0), np.where(hits, offset, 0.0)))
        kept += int((to_groove(notes).hits & hits).sum())
    return kept / max(1, int(examples.hits.sum()))


def quantised(train: ExampleArrays, examples: ExampleArrays) -> Playing:
    """Return the hits on the grid, as hard as the mean hit of the training split."""
    velocity = np.full(examples.hits.shape, train.velocities[train.hits].mean(), np.float32)
    return Playing(velocity, np.zeros_like(velocity))


def cell_means(train: ExampleArrays, examples: ExampleArrays) -> Playing:
    """Return each hit as the training split plays its step of the bar and class on average."""
    means = _cell_means(train)
    return Playing(*(np.broadcast_to(mean, examples.hits.shape) for mean in means))


def _cell_means(train: ExampleArrays) -> tuple[FloatArray, FloatArray]:
    """Return mean velocities and offsets of two equal bars, (32, 9) each."""
    count = np.maximum(_by_step_of_bar(train.hits.astype(np.float32)), 1.0)
    velocity, offset = (_by_step_of_bar(x * train.hits) / count for x in (train.velocities, train.offsets))
    return np.tile(velocity, (2, 1)), np.tile(offset, (2, 1))


def _by_step_of_bar(values: FloatArray) -> FloatArray:
    total: FloatArray = values.reshape(-1, 16, values.shape[-1]).sum(axis=0)
    return total


def ridge(train: ExampleArrays, examples: ExampleArrays, strength: float = 50.0) -> Playing:
    """Return what a ridge regression from the hits to all cells says; empty training cells hold the cell's mean."""
    inputs, queries = _with_one(train.hits), _with_one(examples.hits)
    targets = [
        np.where(train.hits, real, mean).reshape(len(train), -1)
        for real, mean in zip((train.velocities, train.offsets), _cell_means(train), strict=True)
    ]
    gram = inputs.T @ inputs + strength * np.eye(inputs.shape[1], dtype=np.float32)
    answers = [queries @ np.linalg.solve(gram, inputs.T @ target) for target in targets]
    return Playing(*(answer.reshape(examples.hits.shape) for answer in answers))


def _with_one(hits: BoolArray) -> FloatArray:
    flat = hits.reshape(len(hits), -1).astype(np.float32)
    return np.concatenate([flat, np.ones((len(flat), 1), np.float32)], axis=1)
