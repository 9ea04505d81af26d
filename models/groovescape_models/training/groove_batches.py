"""Batches for the humaniser: performances to be played, and performances to take the feel from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import elsewhere, feel_rows

if TYPE_CHECKING:
    from groovescape_models.training.trainer import Batch, Batches


@dataclass(frozen=True, slots=True)
class GrooveBatching:
    """How training examples of the humaniser are drawn; shares are 0..1."""

    batch_size: int = 256
    known: float = 0.4
    """Share of the examples that are given a feel."""
    own_feel: float = 0.5
    """Share whose feel is encoded from the very window; the others take it from elsewhere in the performance."""
    lanes_dropped: float = 0.1
    hits_dropped: float = 0.02
    tempo_jitter: float = 0.05
    """Standard deviation of the logarithm of the tempo."""
    bars_swapped: float = 0.5
    beta: float = 0.25
    median: float = 0.5


def groove_batches(examples: ExampleArrays, latent_size: int, seed: int, how: GrooveBatching) -> "Batches":
    """Return the batches of each epoch for networks.humanizer.Humanizer.call."""
    feels = feel_rows(examples)

    def batches(epoch: int) -> "Iterator[Batch]":
        rng = np.random.default_rng((seed, epoch))
        others, order = elsewhere(examples.sources, rng), rng.permutation(len(examples))
        size = min(how.batch_size, len(examples))
        for begin in range(0, len(order) - size + 1, size):
            rows = order[begin : begin + size]
            yield groove_batch(examples, feels, rows, others[rows], latent_size, how, rng)

    return batches


def groove_batch(
    examples: ExampleArrays,
    feels: FloatArray,
    rows: NDArray[np.intp],
    others: NDArray[np.intp],
    latent_size: int,
    how: GrooveBatching,
    rng: np.random.Generator,
) -> "Batch":
    """Return one batch: the examples at rows, some with their own feel, some with that of others."""
    size = len(rows)
    own = rng.random((size, 1, 1)) < how.own_feel
    kept, kept_elsewhere = (rng.random((2, size, 1, DRUM_COUNT)) >= how.lanes_dropped).astype(np.float32)
    feel_kept = np.tile(np.where(own, kept, kept_elsewhere), 3)
    feel = np.where(own, feels[rows], feels[others]) * feel_kept
    played = np.stack([examples.hits[rows] * kept, examples.velocities[rows], examples.offsets[rows]])
    played[0] *= rng.random(played[0].shape) >= how.hits_dropped
    swapped = rng.random((size, 1, 1)) < how.bars_swapped
    played = np.where(swapped, np.roll(played, played.shape[2] // 2, axis=2), played)
    stretch = np.exp(how.tempo_jitter * rng.standard_normal((size, 1)))
    arrays = {
        "hits": played[0],
        "velocities": played[1],
        "offsets": played[2],
        "feel": feel,
        "tempo": examples.tempos_bpm[rows, None] * stretch,
        "known": rng.random((size, 1)) < how.known,
        "epsilon": rng.standard_normal((size, latent_size)),
    }
    costs = {"beta": np.float32(how.beta), "median": np.float32(how.median)}
    return {**{name: array.astype(np.float32) for name, array in arrays.items()}, **costs}
