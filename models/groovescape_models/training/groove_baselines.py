"""Simple ways to humanise hits that a humaniser must beat: at random, on the grid, averages, linear algebra."""

from typing import Final

import numpy as np

from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays
from groovescape_models.training.groove_measures import Playing

NEIGHBOURS: Final = 20
ROWS_AT_ONCE: Final = 256
RIDGE: Final = 50.0


def jittered(train: ExampleArrays, examples: ExampleArrays, rng: np.random.Generator) -> Playing:
    """Return what the humanise button of a sequencer does: normal noise with the mean and spread of the training split.

    Offsets stay within half a step, velocities in 1..127.
    """
    drawn = [
        (values[train.hits].mean() + values[train.hits].std() * rng.standard_normal(examples.hits.shape))
        for values in (train.velocities, train.offsets)
    ]
    return Playing(
        np.clip(drawn[0], 1.0 / 127.0, 1.0).astype(np.float32), np.clip(drawn[1], -0.5, 0.5).astype(np.float32)
    )


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
    total: FloatArray = values.reshape(-1, STEPS_PER_BAR, values.shape[-1]).sum(axis=0)
    return total


def ridge(train: ExampleArrays, examples: ExampleArrays) -> Playing:
    """Return what a ridge regression from the hits to all cells says; empty training cells hold the cell's mean."""
    inputs, queries = _with_one(train.hits), _with_one(examples.hits)
    targets = [
        np.where(train.hits, real, mean).reshape(len(train), -1)
        for real, mean in zip((train.velocities, train.offsets), _cell_means(train), strict=True)
    ]
    gram = inputs.T @ inputs + RIDGE * np.eye(inputs.shape[1], dtype=np.float32)
    answers = [queries @ np.linalg.solve(gram, inputs.T @ target) for target in targets]
    return Playing(*(answer.reshape(examples.hits.shape) for answer in answers))


def _with_one(hits: BoolArray) -> FloatArray:
    return np.concatenate([_flat(hits), np.ones((len(hits), 1), np.float32)], axis=1)


def _flat(hits: BoolArray) -> FloatArray:
    flat: FloatArray = hits.reshape(len(hits), -1).astype(np.float32)
    return flat


def neighbours(train: ExampleArrays, examples: ExampleArrays, count: int = NEIGHBOURS) -> Playing:
    """Return the mean of the training windows with the most alike hits (Hamming distance), cell by cell.

    A cell that none of them hits is played as the training split plays it on average.
    """
    known = _flat(train.hits)
    values = [_flat(train.hits), *((x * train.hits).reshape(len(train), -1) for x in (train.velocities, train.offsets))]
    usual = [mean.reshape(-1) for mean in _cell_means(train)]
    parts: list[list[FloatArray]] = [[], []]
    for first in range(0, len(examples), ROWS_AT_ONCE):
        asked = _flat(examples.hits[first : first + ROWS_AT_ONCE])
        distance = asked.sum(1)[:, None] + known.sum(1)[None] - 2.0 * asked @ known.T
        nearest = np.argpartition(distance, min(count, len(train) - 1), axis=1)[:, :count]
        hits, *sums = (value[nearest].sum(axis=1) for value in values)
        for part, total, mean in zip(parts, sums, usual, strict=True):
            part.append(np.where(hits > 0, total / np.maximum(hits, 1.0), mean))
    return Playing(*(np.concatenate(part).reshape(examples.hits.shape).astype(np.float32) for part in parts))
